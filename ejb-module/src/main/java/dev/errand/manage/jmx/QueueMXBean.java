package dev.errand.manage.jmx;

import dev.errand.manage.CachedFigures;

/** One queue, with figures that a console can draw. */
@Described("A queue of Errand. Figures may be " + CachedFigures.KEEP_SECONDS
        + " seconds old, and older if counting takes long.")
public interface QueueMXBean {
    @Described("Tasks that are not finished and do not run: due now, due later, or waiting for a retry.")
    long getPending();

    @Described("Pending tasks that could run now.")
    long getDue();

    @Described("Tasks that run. A transactional task counts once it lasts longer than a second.")
    long getRunning();

    @Described("Whether no more tasks start until a user resumes the queue.")
    boolean isPaused();

    @Described("The settings: concurrency and reserved places per node, maxPending, time limit.")
    String getSettings();

    @Described(value = "Replaces the settings of the queue; they are kept over restarts.", changes = true)
    String configure(
            @Described("tasks at once per node, 1 to 1000; 0 for no limit") int concurrency,
            @Described("places of each node that only this queue uses, 1 to 1000; 0 for none") int reserved,
            @Described("unfinished tasks beyond which sends are refused; 0 for no limit") long maxPending,
            @Described("time limit of tasks whose handler has none, such as PT5M; empty for none") String timeLimit);

    @Described(
            value = "Starts no more tasks, on any node, until the queue is resumed. Tasks that run continue.",
            changes = true)
    String pause();

    @Described(value = "Lets tasks run again.", changes = true)
    String resume();
}
