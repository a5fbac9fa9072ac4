package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.limit.LineWatch;
import dev.errand.log.LogMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.NodeThread;
import dev.errand.queue.Outbox;
import dev.errand.queue.ParkedAlarm;
import dev.errand.queue.Routes;
import dev.errand.queue.SweepTrigger;
import dev.errand.queue.SweepTrigger.Request;
import dev.errand.queue.Switches;
import dev.errand.queue.TaskMessage;
import dev.errand.schedule.ScheduleWatch;
import dev.errand.store.database.DatabaseMonitor;
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
import java.time.Duration;
import java.util.List;

/**
 * Fires schedules, and puts due records on the queue: countdowns, etas and retries, records for which there was no room, and records of a
 * failed node. One thread per node searches, when {@link SweepTrigger} requests it or the timer fires: at the time of
 * the earliest record, and at a slow beat. The timer is not persistent, because the records are.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DueTaskSweep {
    /** The beat, for tasks that other nodes have released or sent: no message about them reaches this node. */
    private static final long BEAT_MILLIS = 10_000;

    /** The beat while nodes of other applications share the tables: they run none of the tasks that they send to this one. */
    private static final long SHARED_BEAT_MILLIS = 1_000;

    /** The wait before the next search for a record that is due, but that another transaction has locked. */
    private static final long AGAIN_MILLIS = 1_000;

    /** The delay after which a timer is considered lost. */
    private static final long LATE_MILLIS = 5_000;

    /** The wait between two searches while batch runners are at work. */
    private static final long BATCHES_MILLIS = 500;

    private static final int PARKED_PER_BEAT = 500;

    /** The number of held tasks that are let go in one transaction. */
    private static final int HELD_AT_ONCE = 1_000;

    private static final Duration LET_GO = Duration.ofSeconds(1);

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
    ScheduleWatch schedules;

    @Inject
    LineWatch lines;

    @Inject
    InFlight inFlight;

    @Inject
    Routes routes;

    @Inject
    ParkedAlarm parked;

    @Inject
    BatchRunners runners;

    @Inject
    SweepTrigger trigger;

    @Inject
    Switches switches = Switches.OFF;

    @Inject
    NodeActivity activity;

    @Inject
    @EngineClock
    Clock clock;

    private final NodeThread thread = new NodeThread("errand-sweep", this::run);
    private Timer timer;
    private long armedAt = Long.MAX_VALUE;
    private long beatAt;
    private long lookedAt;

    /** Starts the thread, which searches first. */
    public void start() {
        trigger.force();
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
                // the loop ends only if the node stops
            }
        }
    }

    /** Searches, or sets the timer for a later search. */
    void answer(Request request) {
        lines.callSoon();
        if (request.later() != Long.MAX_VALUE) {
            expiry.hint(request.later());
            arm(request.later());
        }
        if (request.forced()) {
            sweep();
        } else if (request.now()) {
            if (runners.underWay()) {
                // batch runners search by themselves, but not for tasks that must not share a commit
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
        trigger.force();
    }

    /**
     * Checks the timer. Must be called once a second: neither a lost timer nor a jump of the clock that delays it may
     * stop the work.
     */
    public void watch() {
        thread.watch();
        long due;
        synchronized (this) {
            due = armedAt;
        }
        long late = clock.millis() - due;
        // the timer is further ahead than the next beat only if the clock was set back; without a timer, a sweep is
        // about to start
        if (due != Long.MAX_VALUE && (late > LATE_MILLIS || late < -BEAT_MILLIS - LATE_MILLIS)) {
            trigger.force();
        }
    }

    private void sweep() {
        long next = clock.millis() + (routes.isShared() ? SHARED_BEAT_MILLIS : BEAT_MILLIS);
        try {
            disarm();
            next = monitor.isDown()
                    ? clock.millis() + AGAIN_MILLIS
                    // schedules first: this look takes the tasks that they send
                    // and lines, for the tasks that they call
                    : Math.min(
                            Math.min(schedules.look(next), lines.look(next)),
                            Math.min(Math.min(next, look()), expiry.look(next)));
            // also in an outage: then the database has the problem, not the sweep
            activity.looked();
        } catch (Throwable e) {
            // also for an Error, which must not end the thread
            next = clock.millis() + AGAIN_MILLIS;
            // the stop interrupts the thread, perhaps in a call to the database
            if (!thread.isStopped() && !monitor.isCauseOf(e)) {
                LogMessage.SWEEP_FAILED.logAtMostOnceAMinute(e);
            }
        } finally {
            arm(next);
        }
    }

    /**
     * Leases and publishes due records.
     *
     * @return the time of the next search, in milliseconds
     */
    private long look() {
        if (Math.abs(clock.millis() - beatAt) >= BEAT_MILLIS) {
            beatAt = clock.millis();
            // another node, which has no handler for them, may have parked tasks in the meantime
            dueTasks.unpark(PARKED_PER_BEAT);
            dueTasks.follow(PARKED_PER_BEAT);
            parked.see(dueTasks.parked(ParkedAlarm.MOST_NAMES));
            dueTasks.letGo(HELD_AT_ONCE);
        }
        if (switches.takeLetGo()) {
            letGo();
        }
        if (switches.isProbeDue()) {
            List<TaskMessage> probes = dueTasks.probe();
            if (!probes.isEmpty()) {
                outbox.add(probes, null);
                switches.refresh();
            }
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

    /** Lets held tasks go, in several transactions and for a second at most; the next look continues. */
    private void letGo() {
        long start = System.nanoTime();
        while (dueTasks.letGo(HELD_AT_ONCE) >= HELD_AT_ONCE) {
            if (System.nanoTime() - start > LET_GO.toNanos()) {
                switches.letGoLater();
                trigger.request(clock.millis());
                return;
            }
        }
    }

    /** Cancels the timer. Only later requests count: the search that follows covers the earlier ones. */
    private synchronized void disarm() {
        cancel();
        armedAt = Long.MAX_VALUE;
    }

    /** Sets the timer, unless it is set for an earlier time. */
    private synchronized void arm(long at) {
        if (!thread.isStopped() && at < armedAt) {
            cancel();
            armedAt = at;
            // a duration, because the clock may be set in the meantime
            long wait = Math.max(0, at - clock.millis());
            try {
                timer = timers.createSingleActionTimer(wait, new TimerConfig(TIMER, false));
            } catch (RuntimeException e) {
                // the timer is soon late, and the watch detects that
                LogMessage.TIMER_FAILED.logAtMostOnceAMinute(TIMER, e);
            }
        }
    }

    private void cancel() {
        if (timer != null) {
            try {
                timer.cancel();
            } catch (RuntimeException e) {
                // the timer fires at this moment, which has the same effect
            }
            timer = null;
        }
    }
}
