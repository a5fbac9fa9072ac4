package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user that the build makes, and the folders of the development set-up. One program for both servers; it needs neither. */
class AdminUserWildFlyIT {
    private static final Path PROGRAM = Path.of(System.getProperty("errand.it.scripts"), "AdminUser.java");

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private String run(String password) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        PROGRAM.toString(),
                        data().toString(),
                        folder.resolve("server").toString())
                .redirectErrorStream(true);
        builder.environment().remove("ERRAND_ADMIN_PASSWORD");
        if (password != null) {
            builder.environment().put("ERRAND_ADMIN_PASSWORD", password);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void theRandomPasswordIsInAFileForItsOwnerAndNowhereElse() throws Exception {
        String output = run(null);

        String password = Files.readString(data().resolve("admin-password")).strip();
        assertThat(password).hasSize(20);
        assertThat(output).contains("admin-password").doesNotContain(password);
        assertThat(data().resolve("first-login"))
                .content()
                .contains("admin-password")
                .doesNotContain(password);
        assertThat(rights(data())).isEqualTo("rwx------");
        assertThat(rights(folder.resolve("server"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data())) {
            for (Path file : files.toList()) {
                assertThat(rights(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anExistingUserKeepsItsPasswordAndAnOpenFolderIsClosed() throws Exception {
        run(null);
        Path password = data().resolve("admin-password");
        String before = Files.readString(password);
        Path key = data().resolve("webhook-key");
        String keyBefore = Files.readString(key).strip();
        assertThat(Base64.getDecoder().decode(keyBefore)).hasSize(32);
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));

        run(null);

        assertThat(password).content().isEqualTo(before);
        assertThat(key).content().isEqualToIgnoringWhitespace(keyBefore);
        assertThat(rights(data())).isEqualTo("rwx------");
    }

    @Test
    void aPasswordOfTheEnvironmentIsInNoFile() throws Exception {
        run(null);

        String output = run("given-by-hand");

        assertThat(data().resolve("admin-password")).doesNotExist();
        assertThat(output).doesNotContain("given-by-hand");
        try (Stream<Path> files = Files.list(data())) {
            for (Path file : files.toList()) {
                assertThat(file).content().doesNotContain("given-by-hand");
            }
        }
    }
}
