package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgottenHandlersTest {
    @TempDir
    private Path application;

    @Task(value = "forgotten.task", priority = 7)
    static class Forgotten implements TaskHandler<String, Void> {
        private static final long NUMBER = 1L << 40;

        @Override
        public Void handle(String argument, TaskContext task) {
            return NUMBER > 0 ? null : null;
        }
    }

    @Stateless
    @Task("fine.task")
    static class Fine implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    /** Names all there is to name, and is no handler. */
    static class Caller {
        @Task("fine.task")
        TaskHandler<String, Void> handler;
    }

    @Task("abstract.task")
    abstract static class Half implements TaskHandler<String, Void> {}

    @BeforeEach
    void deploy() throws Exception {
        Path jar = Files.createDirectories(application.resolve("app_jar/dev/errand/handler"));
        for (Class<?> type :
                new Class<?>[] {Forgotten.class, Fine.class, Caller.class, Half.class, HandlerReader.class}) {
            String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
            try (InputStream in = type.getResourceAsStream(file)) {
                Files.copy(in, jar.resolve(file));
            }
        }
        Files.writeString(jar.resolve("Broken.class"), "no class file");
        Files.createDirectories(application.resolve("lib"));
    }

    @Test
    void onlyAHandlerThatIsNoBeanIsForgotten() {
        assertThat(ForgottenHandlers.in(new ModuleFiles.OnDisk(application), Set.of(Fine.class.getName())))
                .singleElement()
                .asString()
                .contains(Forgotten.class.getName(), "app.jar", "@Stateless");
    }

    @Test
    void theModulesOfAnApplicationAreSiblings() throws Exception {
        assertThat(ModuleFiles.siblingsOf(
                                application.resolve("app_jar/").toUri().toURL())
                        .orElseThrow()
                        .children())
                .extracting(ModuleFiles::name)
                .contains("app_jar", "lib");
    }
}
