package dev.errand.handler;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Classes that are meant as handlers but that CDI passes over in silence: they implement TaskHandler and have {@code @Task},
 * but nothing that makes them a bean. They are found in the class files of the modules.
 */
final class ForgottenHandlers {
    private static final String TASK = "Ldev/errand/api/Task;";
    private static final String HANDLER = "dev/errand/api/TaskHandler";

    private ForgottenHandlers() {}

    /**
     * @param known names of the classes that are handlers
     * @return a message for each other, naming the class, the module and the mend
     */
    static List<String> in(ModuleFiles application, Set<String> known) {
        List<String> forgotten = new ArrayList<>();
        for (ModuleFiles module : application.children()) {
            String name = HandlerReader.module(module.name());
            if (name.matches(".*\\.[jw]ar")) {
                search(module, name, known, forgotten);
            }
        }
        return forgotten;
    }

    private static void search(ModuleFiles folder, String module, Set<String> known, List<String> forgotten) {
        for (ModuleFiles file : folder.children()) {
            if (!file.name().endsWith(".class")) {
                search(file, module, known, forgotten);
            } else if (!file.name().equals("module-info.class")) {
                check(file, module, known, forgotten);
            }
        }
    }

    private static void check(ModuleFiles file, String module, Set<String> known, List<String> forgotten) {
        try (InputStream in = file.open()) {
            ClassFile type = ClassFile.read(in);
            String name = type.name().replace('/', '.');
            if (type.concrete()
                    && type.interfaces().contains(HANDLER)
                    && type.annotations().contains(TASK)
                    && !known.contains(name)) {
                forgotten.add("The class " + name + " in " + module
                        + " has @Task but is not a session bean. Annotate it with @Stateless.");
            }
        } catch (IOException e) {
            // what is no class file is no handler
        }
    }
}
