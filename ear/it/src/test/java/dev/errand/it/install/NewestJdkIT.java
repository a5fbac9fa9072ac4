package dev.errand.it.install;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The EAR on a JDK 25, where there is one; all of the tests run there with -Derrand.it.java. */
class NewestJdkIT {
    private static final String VERSION = "JAVA_VERSION=\"25";

    @Test
    void theEarRunsOnJdk25() throws IOException {
        Optional<Path> jdk = jdk25();
        assumeTrue(jdk.isPresent(), "No JDK 25 in JAVA25_HOME nor in /usr/lib/jvm, so the EAR is not tried on one");
        try (ServerProcess server = ServerProcess.fresh("jdk25", 7000)) {
            server.on(jdk.get().toString()).deploy(ErrandEar.built()).start();
            String id = server.rest().send(Map.of("task", "example.echo", "argument", "on a new JDK"));
            server.rest().awaitState(id, "SUCCESS");
        }
    }

    private static Optional<Path> jdk25() throws IOException {
        String named = System.getenv("JAVA25_HOME");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(usual)) {
            return Optional.empty();
        }
        try (Stream<Path> jdks = Files.list(usual)) {
            return jdks.filter(NewestJdkIT::is25).findFirst();
        }
    }

    private static boolean is25(Path jdk) {
        try {
            return Files.isExecutable(jdk.resolve("bin/java"))
                    && Files.readString(jdk.resolve("release")).contains(VERSION);
        } catch (IOException e) {
            return false;
        }
    }
}
