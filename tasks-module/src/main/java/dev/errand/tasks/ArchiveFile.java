package dev.errand.tasks;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file of the archive that is there as a whole or not at all: written under a name of its own, on the disk before it gets
 * the real one. For one thread.
 */
final class ArchiveFile implements AutoCloseable {
    private static final long MIB = 1024 * 1024;

    private final Path part;
    private final Path target;
    private final FileOutputStream out;

    /** @param out writes to {@code part} */
    ArchiveFile(Path part, Path target, FileOutputStream out) {
        this.part = part;
        this.target = target;
        this.out = out;
    }

    /** Begins the file, and removes what crashed runs of the same task have left. */
    static ArchiveFile create(Path folder, String stem, String name) {
        // a name for each run: one that was given up for lost may still be writing
        Path part = folder.resolve("." + stem + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(folder);
            removeLeftovers(folder, "." + stem + ".");
            return new ArchiveFile(part, folder.resolve(name), new FileOutputStream(part.toFile()));
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw failure(part, e);
        }
    }

    /** The file is complete: gives it its name, in place of an older one. */
    Path publish() {
        try {
            out.getFD().sync();
            out.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(target, e);
        }
        syncFolder();
        return target;
    }

    /** Leaves nothing behind unless the file was published. */
    @Override
    public void close() {
        try {
            try {
                out.close();
            } finally {
                // a disk that is full may say so once more when the file is closed
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failure(part, e);
        }
    }

    /** The new name must outlive a power cut. Windows cannot do this, and does not need it. */
    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // the file itself is safe, and a name that is lost is a task that runs again at worst
        }
    }

    private static void removeLeftovers(Path folder, String prefix) throws IOException {
        DirectoryStream.Filter<Path> leftovers = file -> {
            String name = file.getFileName().toString();
            return name.startsWith(prefix) && name.endsWith(".part");
        };
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, leftovers)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static ArchiveWriteException failure(Path path, IOException e) {
        return new ArchiveWriteException(
                "Cannot write " + path + ": " + e.getClass().getSimpleName() + ": " + e.getMessage() + ". " + free(path)
                        + "The folder is set by errand.archive.dir; it needs room and the right to write.",
                e);
    }

    /** How much room is left, as far as the path is there. */
    private static String free(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            try {
                return Files.getFileStore(at).getUsableSpace() / MIB + " MiB are free there. ";
            } catch (IOException e) {
                // not made yet: then where it would be made
            }
        }
        return "";
    }
}
