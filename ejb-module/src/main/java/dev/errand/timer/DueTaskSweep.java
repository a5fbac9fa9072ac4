package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.NodeThread;
import dev.errand.queue.Outbox;
import dev.errand.queue.SweepTrigger;
import dev.errand.queue.SweepTrigger.Request;
import dev.errand.store.DatabaseMonitor;
import dev.errand.timer.DueTasks.Found;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Puts due records on the queue: countdowns, etas and retries, records without room, records of a node that went away. One thread
 * per node looks, when {@link SweepTrigger} requests it or the timer fires: at the time of the earliest record, and at a slow beat.
 * The timer is not persistent, because the records are.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueTaskSweep {
    /** For what other nodes have left or sent: nobody here is told of it. */
    private static final long BEAT_MILLIS = 10_000;

    /** Before the next look at a record that is due, but that somebody else has locked. */
    private static final long AGAIN_MILLIS = 1_000;

    /** So late no timer is that still works. */
    private static final long LATE_MILLIS = 5_000;

    /** Between two looks while batch runners are at work. */
    private static final long BATCHES_MILLIS = 500;

    private static final int PARKED_A_BEAT = 500;

    private static final String TIMER = "next due task";

    @Resource
    TimerService timers;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    DueTasks dueTasks;

    @Inject
    Outbox outbox;

    @Inject
    ExpiryWatch expiry;

    @Inject
    InFlight inFlight;

    @Inject
    BatchRunners runners;

    @Inject
    SweepTrigger trigger;

    @Inject
    NodeActivity activity;

    @Inject
    @EngineClock
    Clock clock;

    private final NodeThread thread = new NodeThread("errand-sweep", this::run);
    private volatile boolean wanted;
    private Timer timer;
    private long armedAt = Long.MAX_VALUE;
    private long beatAt;
    private long lookedAt;

    /** Starts the thread, whose first act is a look. */
    public void start() {
        lookNow();
        thread.start(threads);
    }

    @PreDestroy
    public void stop() {
        thread.stop();
    }

    private void run() {
        while (!thread.isStopped()) {
            try {
                answer(trigger.take());
            } catch (InterruptedException e) {
                // the loop ends if the node stops, for no other reason
            }
        }
    }

    /** Looks, or sets the timer for a later look. */
    void answer(Request request) {
        if (request.later() != Long.MAX_VALUE) {
            expiry.hint(request.later());
            arm(request.later());
        }
        if (wanted) {
            wanted = false;
            sweep();
        } else if (request.now()) {
            if (runners.underWay()) {
                // they look by themselves, but not for what may not share a commit
                arm(lookedAt + BATCHES_MILLIS);
            } else if (inFlight.room() > 0 || !inFlight.waitsForRoom()) {
                sweep();
            }
        }
    }

    @Timeout
    void onTime() {
        synchronized (this) {
            timer = null;
        }
        lookNow();
    }

    /** Requests a look whatever is under way. */
    private void lookNow() {
        wanted = true;
        trigger.request(clock.millis());
    }

    /** To be called once a second: a timer that was lost, or that a jump of the clock has put off, must not stop the work. */
    public void watch() {
        thread.watch();
        long due;
        synchronized (this) {
            due = armedAt;
        }
        long late = clock.millis() - due;
        // further ahead than the next beat it is only if the clock was set back; without a timer a sweep is on its way
        if (due != Long.MAX_VALUE && (late > LATE_MILLIS || late < -BEAT_MILLIS - LATE_MILLIS)) {
            lookNow();
        }
    }

    private void sweep() {
        long next = clock.millis() + BEAT_MILLIS;
        try {
            disarm();
            next = monitor.isDown()
                    ? clock.millis() + AGAIN_MILLIS
                    : Math.min(Math.min(next, look()), expiry.look(next));
            // in an outage, too: it is the database that is not well then
            activity.looked();
        } catch (Throwable e) {
            // an Error, too: it must not end the thread
            next = clock.millis() + AGAIN_MILLIS;
            // the stop interrupts the thread, perhaps in a call to the database
            if (!thread.isStopped() && !monitor.isCauseOf(e)) {
                LogMessage.SWEEP_FAILED.logAtMostOnceAMinute(e);
            }
        } finally {
            arm(next);
        }
    }

    /** @return when to look next, in milliseconds */
    private long look() {
        if (Math.abs(clock.millis() - beatAt) >= BEAT_MILLIS) {
            beatAt = clock.millis();
            // another node, which has no handler for them, may have parked tasks since
            dueTasks.unpark(PARKED_A_BEAT);
        }
        Found found;
        do {
            lookedAt = clock.millis();
            found = dueTasks.take(inFlight.room());
            activity.looked();
            if (found.runners() > 0) {
                runners.start(found.runners(), found.runnerPriority());
            }
            if (!found.messages().isEmpty()) {
                outbox.add(found.messages(), null);
            }
        } while (found.noRoom() && found.taken() > 0 && inFlight.room() > 0);
        boolean batching = found.runners() > 0 || runners.underWay();
        inFlight.backlog(found.noRoom() || batching);
        boolean again = found.noRoom() || found.locked() || batching;
        return Math.min(found.later().orElse(Long.MAX_VALUE), again ? clock.millis() + AGAIN_MILLIS : Long.MAX_VALUE);
    }

    /** From here on only what is asked for counts; what was armed before, the look that follows will see. */
    private synchronized void disarm() {
        cancel();
        armedAt = Long.MAX_VALUE;
    }

    /** The earliest time that is asked for holds. */
    private synchronized void arm(long at) {
        if (!thread.isStopped() && at < armedAt) {
            cancel();
            armedAt = at;
            // by how long it is, since the clock may be set meanwhile
            long wait = Math.max(0, at - clock.millis());
            try {
                timer = timers.createSingleActionTimer(wait, new TimerConfig(TIMER, false));
            } catch (RuntimeException e) {
                // it is late soon, and the watch finds that
                LogMessage.TIMER_FAILED.logAtMostOnceAMinute(TIMER, e);
            }
        }
    }

    private void cancel() {
        if (timer != null) {
            try {
                timer.cancel();
            } catch (RuntimeException e) {
                // it has fired in this moment, which is as good
            }
            timer = null;
        }
    }
}
