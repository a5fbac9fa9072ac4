package dev.errand.tasks;

import dev.errand.url.WebAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of files in the archive folder: {@code <id>.<hash of the id>.<name in the URL>}. Each task always has the
 * same name of its own, so that a second run replaces the file of the first. Pure.
 */
final class ArchiveName {
    private ArchiveName() {}

    /**
     * Returns the beginning of the names of all files of a task. An id may contain slashes and dots; the hash
     * distinguishes ids that look the same without them.
     */
    static String stem(String id) {
        byte[] hash = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        String readable = tail(safe(id), 40);
        return (readable.isEmpty() ? "task" : readable) + "." + HexFormat.of().formatHex(hash, 0, 16);
    }

    /** Returns the name of the finished file. */
    static String of(String id, WebAddress url) {
        String name = url.fileName();
        name = tail(safe(name.substring(name.lastIndexOf('/') + 1)), 80);
        return stem(id) + "." + (name.isEmpty() ? "file" : name);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Returns the text without dots at its ends, which would make a file hidden, or impossible to name on Windows. */
    private static String safe(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[._]+|[._]+$", "");
    }

    /** Returns the end of the text, because it has the extension. */
    private static String tail(String text, int max) {
        return text.length() <= max ? text : safe(text.substring(text.length() - max));
    }
}
