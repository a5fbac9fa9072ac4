package dev.errand.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The wake-up time of a waiting task whose name is paused: beyond all times, and for each name another one. So held tasks are
 * behind all others in the indexes of due tasks, where no search reads them, and those of one name are found by one look-up.
 * Pure.
 */
public final class Held {
    /** The first of these times, in the year 144683. */
    public static final long FROM = 1L << 52;

    /** The bits that are left of a hash: the sum stays a whole number in JSON. */
    private static final int DROPPED_BITS = 13;

    private Held() {}

    public static long wakeAt(String task) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(task.getBytes(StandardCharsets.UTF_8));
            return FROM + (ByteBuffer.wrap(hash).getLong() >>> DROPPED_BITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256.", e);
        }
    }
}
