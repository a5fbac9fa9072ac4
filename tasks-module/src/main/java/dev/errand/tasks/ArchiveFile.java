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
 * A file of the archive that exists either completely or not at all: it has a temporary name until it is on the disk,
 * and then gets its real name. For one thread.
 */
final class ArchiveFile implements AutoCloseable {
    private static final long MIB = 1024 * 1024;

    private final Path part;
    private final Path target;
    private final FileOutputStream out;

    /**
     * Begins a file.
     *
     * @param out writes to {@code part}
     */
    ArchiveFile(Path part, Path target, FileOutputStream out) {
        this.part = part;
        this.target = target;
        this.out = out;
    }

    /** Begins the file, and removes the temporary files of crashed runs of the same task. */
    static ArchiveFile create(Path folder, String stem, String name) {
        // a name per run, because a run that is considered lost may still be writing
        Path part = folder.resolve("." + stem + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(folder);
            removeLeftovers(folder, "." + stem + ".");
            return new ArchiveFile(part, folder.resolve(name), new FileOutputStream(part.toFile()));
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /**
     * Begins a file that never gets another name: it is deleted when it is closed. Removes those that crashed runs of the
     * same task have left.
     */
    static ArchiveFile temporary(Path folder, String stem) {
        return create(folder, stem, "." + stem + ".unpublished");
    }

    /** Returns the temporary name, under which the bytes that were written can be read. */
    Path path() {
        return part;
    }

    void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw failure(part, e);
        }
    }

    /** Gives the complete file its name, in place of an older file. */
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

    /** Deletes the temporary file, unless the file was published. */
    @Override
    public void close() {
        try {
            try {
                out.close();
            } finally {
                // a full disk may report the error once more when the file is closed
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failure(part, e);
        }
    }

    /** Saves the new name, which must survive a power cut. Windows cannot do this, and does not need it. */
    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // the file itself is safe; at worst, a lost name makes the task run again
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

    /** Returns the free space at the nearest existing folder. */
    private static String free(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            try {
                return Files.getFileStore(at).getUsableSpace() / MIB + " MiB are free there. ";
            } catch (IOException e) {
                // the folder does not exist yet: its parent shows the space
            }
        }
        return "";
    }
}
