package dev.errand.store;

import java.time.Instant;

/** Times of records: whole milliseconds since 1970. */
public final class Millis {
    private Millis() {}

    /** The first that is not before a time: what is due then must not start early, by however little. */
    public static long notBefore(Instant time) {
        long millis = time.toEpochMilli();
        return time.getNano() % 1_000_000 == 0 || millis == Long.MAX_VALUE ? millis : millis + 1;
    }
}
