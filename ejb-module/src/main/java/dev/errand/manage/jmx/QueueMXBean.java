package dev.errand.manage.jmx;

/** One queue, with figures that a console can draw. */
@Described("A queue of Errand's. Figures may be " + CachedFigures.KEEP_SECONDS
        + " seconds old, and older where counting takes long.")
public interface QueueMXBean {
    @Described("Tasks that are not over and do not run: due now, due later, or waiting for a retry.")
    long getPending();

    @Described("Those of them that could run now.")
    long getDue();

    @Described("Tasks that run; transactional ones once they last longer than a second.")
    long getRunning();

    @Described("Whether no more tasks start until somebody resumes the queue.")
    boolean isPaused();

    @Described(value = "Starts no more tasks, on any node, until it is resumed. What runs goes on.", changes = true)
    String pause();

    @Described(value = "Lets tasks run again.", changes = true)
    String resume();
}
