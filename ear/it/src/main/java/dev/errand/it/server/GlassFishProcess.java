package dev.errand.it.server;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.h2.Driver;

/** A GlassFish, which does not bring H2. */
final class GlassFishProcess extends PayaraProcess {
    GlassFishProcess(String name, int offset) {
        super(
                name,
                offset,
                Folders.home("errand.it.glassfish"),
                "glassfish",
                "com.sun.enterprise.glassfish.bootstrap.GlassFishMain");
        try {
            Files.copy(ErrandEar.jarOf(Driver.class).toPath(), base.resolve("lib/h2.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
