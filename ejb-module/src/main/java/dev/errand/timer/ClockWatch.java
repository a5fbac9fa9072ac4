package dev.errand.timer;

/**
 * Notices that the clock of the machine was set: the time of day and the time that has passed then disagree. To be asked
 * again and again, by one thread.
 */
final class ClockWatch {
    /** Less than that is how a clock is kept right. */
    static final long TOLERANCE_MILLIS = 5_000;

    private Long millisBefore;
    private long nanosBefore;

    /**
     * @param millis the time of day, in milliseconds
     * @param nanos the time that passes, in nanoseconds
     * @return by how many milliseconds the clock was set forward since the last time, negative: back; 0 if it was not
     */
    long jump(long millis, long nanos) {
        long jump = millisBefore == null ? 0 : millis - millisBefore - (nanos - nanosBefore) / 1_000_000;
        millisBefore = millis;
        nanosBefore = nanos;
        return Math.abs(jump) > TOLERANCE_MILLIS ? jump : 0;
    }
}
