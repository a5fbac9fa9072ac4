package dev.errand.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks systemd, where it is, what it thinks of a unit. */
public final class Systemd {
    private static final String ANALYZE = "/usr/bin/systemd-analyze";

    /** @param home in place of the server's folder {@code opt}, for systemd looks for what it would start */
    public static void verify(Path unit, String opt, String home, Path folder) throws IOException {
        assumeTrue(Files.exists(Path.of(ANALYZE)), "there is no systemd here");
        Path copy = folder.resolve(unit.getFileName());
        String text = Files.readString(unit);
        assertThat(text).contains(opt);
        Files.writeString(copy, text.replace(opt, home));
        assertThat(new Shell(folder).run(ANALYZE, "verify", copy.toString())).isEmpty();
    }

    private Systemd() {}
}
