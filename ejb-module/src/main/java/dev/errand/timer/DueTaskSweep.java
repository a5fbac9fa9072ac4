package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.log.Message;
import dev.errand.queue.Drains;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.Outbox;
import dev.errand.queue.SweepBell;
import dev.errand.store.Outage;
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
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts due records on the queue: countdowns, etas and retries, what had no room, what a node that went away has left. One
 * timer a node wakes it at the earliest due record, and at a slow beat. It is not persistent: the records are.
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

    /** Between two looks while drains are at work. */
    private static final long DRAINING_MILLIS = 500;

    private static final int PARKED_A_BEAT = 500;

    /** Looks in a row on the thread of a caller, which has work of its own. */
    private static final int MOST_LOOKS = 10;

    private static final String TIMER = "next due task";

    @Resource
    TimerService timers;

    @Inject
    Outage outage;

    @Inject
    DueTasks dueTasks;

    @Inject
    Outbox outbox;

    @Inject
    ExpiryWatch expiry;

    @Inject
    InFlight inFlight;

    @Inject
    Drains drains;

    @Inject
    SweepBell bell;

    @Inject
    NodeActivity activity;

    @Inject
    @EngineClock
    Clock clock;

    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private Timer timer;
    private long armedAt = Long.MAX_VALUE;
    private long beatAt;
    private volatile long lookedAt;
    private volatile boolean stopped = true;

    /** The first look; from then on it comes by itself. */
    public void start() {
        stopped = false;
        bell.answeredBy(this::wake);
        sweep();
    }

    @PreDestroy
    public void stop() {
        stopped = true;
        bell.answeredBy(at -> {});
    }

    private void wake(long at) {
        if (at > clock.millis()) {
            expiry.hint(at);
            arm(at);
        } else if (drains.underWay()) {
            // they look by themselves, but not for what may not share a commit
            arm(lookedAt + DRAINING_MILLIS);
        } else if (inFlight.room() > 0 || !inFlight.waitsForRoom()) {
            sweep();
        }
    }

    @Timeout
    void onTime() {
        synchronized (this) {
            timer = null;
        }
        sweep();
    }

    /** To be called once a second: a timer that was lost, or that a jump of the clock has put off, must not stop the work. */
    public void watch() {
        long due;
        synchronized (this) {
            due = armedAt;
        }
        long late = clock.millis() - due;
        // further ahead than the next beat it is only if the clock was set back; without a timer a sweep is on its way
        if (due != Long.MAX_VALUE && (late > LATE_MILLIS || late < -BEAT_MILLIS - LATE_MILLIS)) {
            sweep();
        }
    }

    /** One sweep at a time: a caller that comes meanwhile makes that one look again, and need not wait. */
    private void sweep() {
        asked.set(true);
        for (int looks = 0; asked.get() && !stopped && sweeping.compareAndSet(false, true); looks++) {
            long next = clock.millis() + BEAT_MILLIS;
            try {
                asked.set(false);
                disarm();
                if (looks == MOST_LOOKS) {
                    // the timer's thread goes on
                    next = clock.millis();
                } else {
                    next = outage.lasts()
                            ? clock.millis() + AGAIN_MILLIS
                            : Math.min(Math.min(next, look()), expiry.look(next));
                    // in an outage, too: it is the database that is not well then
                    activity.looked();
                }
            } catch (RuntimeException e) {
                next = clock.millis() + AGAIN_MILLIS;
                if (!outage.explains(e)) {
                    Message.SWEEP_FAILED.logAtMostOnceAMinute(e);
                }
            } finally {
                try {
                    arm(next);
                } finally {
                    sweeping.set(false);
                }
            }
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
            if (found.drains() > 0) {
                drains.start(found.drains(), found.drainPriority());
            }
            if (!found.messages().isEmpty()) {
                outbox.add(found.messages(), null);
            }
        } while (found.noRoom() && found.taken() > 0 && inFlight.room() > 0);
        boolean draining = found.drains() > 0 || drains.underWay();
        inFlight.backlog(found.noRoom() || draining);
        boolean again = found.noRoom() || found.locked() || draining;
        return Math.min(found.later().orElse(Long.MAX_VALUE), again ? clock.millis() + AGAIN_MILLIS : Long.MAX_VALUE);
    }

    /** From here on only what is asked for counts; what was armed before, the look that follows will see. */
    private synchronized void disarm() {
        cancel();
        armedAt = Long.MAX_VALUE;
    }

    /** The earliest time that is asked for holds. */
    private synchronized void arm(long at) {
        if (!stopped && at < armedAt) {
            cancel();
            armedAt = at;
            // by how long it is, since the clock may be set meanwhile
            long wait = Math.max(0, at - clock.millis());
            try {
                timer = timers.createSingleActionTimer(wait, new TimerConfig(TIMER, false));
            } catch (RuntimeException e) {
                // it is late soon, and the watch finds that; a caller has nothing to do with it
                Message.TIMER_FAILED.logAtMostOnceAMinute(TIMER, e);
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
