package dev.errand.it.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a log file. */
final class LogTail {
    /** The most bytes that are read: a server in a loop writes gigabytes. */
    private static final int MOST = 1_000_000;

    /** Returns the size of the file, which is 0 before the server writes its first line. */
    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Reads what was written after the file had the size {@code from}, at most its last megabyte. */
    static String read(Path file, long from) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(Math.min(from, log.length()), log.length() - MOST);
            byte[] tail = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private LogTail() {}
}
