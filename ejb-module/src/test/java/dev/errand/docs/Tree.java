package dev.errand.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the project, without what builds and servers write. */
public final class Tree {
    /** Surefire starts in the module's folder. */
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");
    private static final Path DATA = ROOT.resolve("data");
    private static final Set<String> BINARY = Set.of("png", "jar", "ico", "svg");

    private Tree() {}

    /** @param endings of the files' names, "md" for instance; none: every text file */
    public static List<Path> files(String... endings) {
        List<String> wanted = List.of(endings);
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = folder.equals(DATA)
                            || !folder.equals(ROOT)
                                    && SKIPPED.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    String ending = name.substring(name.lastIndexOf('.') + 1);
                    if (wanted.isEmpty() ? !BINARY.contains(ending) : wanted.contains(ending)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }

    /** The path from the project's root, as a document writes it. */
    public static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    public static String text(Path file) {
        try {
            // a file that is no text must not end the search
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
