package dev.errand.tasks;

import dev.errand.url.WebAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names files in the archive folder: {@code <id>.<hash of the id>.<name in the URL>}. Each task has its own, and always the
 * same, so that a second run replaces what the first one left. Pure.
 */
final class ArchiveName {
    private ArchiveName() {}

    /** What all files of a task begin with. An id may hold slashes and dots; the hash tells apart what looks the same then. */
    static String stem(String id) {
        byte[] hash = sha256().digest(id.getBytes(StandardCharsets.UTF_8));
        String readable = tail(safe(id), 40);
        return (readable.isEmpty() ? "task" : readable) + "." + HexFormat.of().formatHex(hash, 0, 16);
    }

    /** The name of the finished file. */
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

    /** Dots at the ends would make a file hidden, or one that Windows cannot name. */
    private static String safe(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[._]+|[._]+$", "");
    }

    /** The end, where the extension is. */
    private static String tail(String text, int max) {
        return text.length() <= max ? text : safe(text.substring(text.length() - max));
    }
}
