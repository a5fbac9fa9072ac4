package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folders and files that servers are made of. */
public final class Folders {
    /** Returns the folder that a system property of the build names. */
    public static Path home(String property) {
        return Path.of(System.getProperty(property)).normalize();
    }

    /** Copies a file, or a folder with all that is in it, over files that exist. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Deletes a folder with all that is in it, if it exists. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /**
     * Replaces each occurrence of a text in a file.
     *
     * @throws AssertionError if the file does not contain it
     */
    static void replace(Path file, String text, String replacement) {
        try {
            String before = Files.readString(file);
            if (!before.contains(text)) {
                throw new AssertionError("Not in " + file + ": " + text);
            }
            Files.writeString(file, before.replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Folders() {}
}
