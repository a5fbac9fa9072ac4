package dev.errand.store;

import java.time.Instant;

/** Times of records: whole milliseconds since 1970. */
public final class Millis {
    private Millis() {}

    /**
     * Returns the first millisecond that is not before the time, so that a task that is due then does not start early.
     */
    public static long notBefore(Instant time) {
        long millis = time.toEpochMilli();
        return time.getNano() % 1_000_000 == 0 || millis == Long.MAX_VALUE ? millis : millis + 1;
    }

    /**
     * Returns the time as an instant.
     *
     * @return null for null
     */
    public static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
