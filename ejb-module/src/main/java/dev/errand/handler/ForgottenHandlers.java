package dev.errand.handler;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Classes that are meant as handlers but that CDI passes over in silence: with {@code @Task}, without anything that makes
 * them a bean. They are found in the class files of the modules, by the names in them.
 */
final class ForgottenHandlers {
    private static final String TASK = "Ldev/errand/api/Task;";
    private static final String HANDLER = "dev/errand/api/TaskHandler";
    private static final String STATELESS = "Ljakarta/ejb/Stateless;";
    private static final int MAGIC = 0xCAFEBABE;

    /** The bytes of a constant by its tag, JVM specification 4.4; 0 for a tag that is none. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private ForgottenHandlers() {}

    /** @return a message for each, naming the class, the module and the mend */
    static List<String> in(ModuleFiles application) {
        List<String> forgotten = new ArrayList<>();
        for (ModuleFiles module : application.children()) {
            if (HandlerReader.module(module.name()).matches(".*\\.[jw]ar")) {
                search(module, "", HandlerReader.module(module.name()), forgotten);
            }
        }
        return forgotten;
    }

    private static void search(ModuleFiles folder, String path, String module, List<String> forgotten) {
        for (ModuleFiles file : folder.children()) {
            String name = path + file.name();
            if (name.endsWith(".class")) {
                if (isForgotten(file)) {
                    String type = name.replaceFirst("^WEB-INF/classes/", "")
                            .replaceFirst("\\.class$", "")
                            .replace('/', '.');
                    forgotten.add("The class " + type + " in " + module
                            + " has @Task but is not a session bean. Annotate it with @Stateless.");
                }
            } else {
                search(file, name + "/", module, forgotten);
            }
        }
    }

    private static boolean isForgotten(ModuleFiles file) {
        try (InputStream in = file.open()) {
            Set<String> names = names(new DataInputStream(in));
            return names.contains(TASK) && names.contains(HANDLER) && !names.contains(STATELESS);
        } catch (IOException e) {
            // whatever cannot be read is not ours
            return false;
        }
    }

    /** The texts of a class file's constant pool: names of types, of annotations and of everything else. */
    static Set<String> names(DataInputStream in) throws IOException {
        Set<String> names = new HashSet<>();
        if (in.readInt() != MAGIC) {
            return names;
        }
        in.readInt();
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            if (tag == 1) {
                names.add(in.readUTF());
            } else if (tag < LENGTHS.length && LENGTHS[tag] > 0) {
                in.skipNBytes(LENGTHS[tag]);
                // a long or a double takes two places
                i += tag == 5 || tag == 6 ? 1 : 0;
            } else {
                return Set.of();
            }
        }
        return names;
    }
}
