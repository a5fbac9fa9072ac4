package dev.errand.handler;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;

/**
 * Classes with {@code @Task} that CDI silently ignores, because nothing makes them a bean. The class files of the modules
 * show them. {@code Task} is a stereotype, which finds such classes where CDI looks at all classes; this search finds them in
 * modules without a {@code beans.xml}, which CDI does not examine.
 */
final class ForgottenHandlers {
    private static final DotName TASK = DotName.createSimple("dev.errand.api.Task");
    private static final DotName HANDLER = DotName.createSimple("dev.errand.api.TaskHandler");

    private ForgottenHandlers() {}

    /**
     * Searches the modules of an application.
     *
     * @param known the names of the classes that are handlers
     * @return a message for each other class, with the class, the module and the remedy
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
            ClassInfo type = Index.singleClass(in);
            if (!type.isInterface()
                    && !type.isAbstract()
                    && type.interfaceNames().contains(HANDLER)
                    && type.hasDeclaredAnnotation(TASK)
                    && !known.contains(type.name().toString())) {
                forgotten.add("The class " + type.name() + " in " + module
                        + " has @Task but is not a session bean. Annotate it with @Stateless.");
            }
        } catch (IOException | RuntimeException e) {
            // a file that is not a class file holds no handler
        }
    }
}
