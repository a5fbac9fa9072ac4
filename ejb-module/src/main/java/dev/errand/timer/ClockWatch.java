package dev.errand.timer;

/**
 * Detects that the machine's clock was set: the time of day and the elapsed time then disagree. Must be asked
 * regularly, by one thread.
 */
final class ClockWatch {
    /** The largest difference that is ignored: time synchronization corrects a clock in smaller steps. */
    static final long TOLERANCE_MILLIS = 5_000;

    private Long millisBefore;
    private long nanosBefore;

    /**
     * Compares the time of day with the elapsed time since the last call.
     *
     * @param millis the time of day, in milliseconds
     * @param nanos the elapsed time, in nanoseconds
     * @return the number of milliseconds by which the clock was set forward since the last call, negative if it was set
     *     back; 0 if it was not set
     */
    long jump(long millis, long nanos) {
        long jump = millisBefore == null ? 0 : millis - millisBefore - (nanos - nanosBefore) / 1_000_000;
        millisBefore = millis;
        nanosBefore = nanos;
        return Math.abs(jump) > TOLERANCE_MILLIS ? jump : 0;
    }
}
