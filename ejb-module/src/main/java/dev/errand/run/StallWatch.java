package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.Message;
import dev.errand.queue.InFlight;
import dev.errand.queue.Paces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Notices that tasks are due on this node and that none runs. Whatever the reason, it must be seen: the log has a line, the
 * health is DOWN, and tasks run one by one for a while, since a fault of the shared runs would stop short tasks only.
 */
@ApplicationScoped
public class StallWatch {
    /** Longer than the slowest look at the tables that still is of use. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    RunningTasks running;

    @Inject
    InFlight inFlight;

    @Inject
    Paces paces;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private volatile boolean dueWaits;
    private volatile boolean stalled;
    private long endedBefore = -1;
    private long since;

    /** Notes whether the last look at the table has left due tasks for this node to run. */
    public void looked(boolean leftDueTasks) {
        dueWaits = leftDueTasks;
    }

    /** Looks for progress. To be called once a second by one thread, while the database answers. */
    public void eachSecond() {
        long now = clock.millis();
        long ended = running.ended();
        boolean waits = dueWaits || !inFlight.isEmpty();
        if (!waits || ended != endedBefore || !running.all().isEmpty()) {
            endedBefore = ended;
            since = now;
            stalled = false;
        } else if (Math.abs(now - since) >= PATIENCE.toMillis()) {
            stalled = true;
            paces.runAlone();
            Message.STALLED.logAtMostOnceAMinute(config.node(), Duration.ofMillis(now - since));
        }
    }

    /** Returns whether tasks are due, and none has run for {@link #PATIENCE}. Thread-safe. */
    public boolean stalled() {
        return stalled;
    }
}
