package dev.errand.queue;

import dev.errand.api.QueueSettings;
import dev.errand.config.EngineClock;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings of queues and the paused task names, as this node last read them: once a second while the node
 * sends or runs tasks. A value that is older than two seconds is read again before it is used. So a pause that is answered
 * after that time has reached every node, and a start costs no statement. Only durations count, so the clocks of the nodes may
 * differ. Thread-safe.
 */
@ApplicationScoped
public class Switches {
    /** The age at which the values are read again before they are used. */
    static final Duration WINDOW = Duration.ofSeconds(2);

    /** The seconds between two looks of a node that neither sends nor runs tasks. */
    private static final int IDLE_SECONDS = 10;

    /** Switches that are all off, for an engine without a database. */
    public static final Switches OFF = new Switches() {
        @Override
        public State current() {
            return State.NONE;
        }

        @Override
        public State recent() {
            return State.NONE;
        }
    };

    @Inject
    QueueRecords queues;

    @Inject
    HandlerRecords handlers;

    @Inject
    SweepTrigger sweep;

    @Inject
    @EngineClock
    Clock clock;

    private volatile State state;
    private volatile long readAt;
    private volatile boolean used;
    private volatile boolean letGo;
    private int idleSeconds;

    /**
     * The values.
     *
     * @param queues the settings of the queues that have some
     * @param holds the task names that are paused
     */
    public record State(Map<String, QueueSettings> queues, Map<String, Hold> holds) {
        static final State NONE = new State(Map.of(), Map.of());

        public QueueSettings queue(String name) {
            return queues.getOrDefault(name, QueueSettings.none());
        }

        /** Returns whether a task waits because its name is paused. */
        public boolean holds(String task, String id) {
            Hold hold = holds.get(task);
            return hold != null && hold.holds(id);
        }
    }

    /** Returns the values, no more than two seconds old. */
    public State current() {
        used = true;
        State last = state;
        return last == null || System.nanoTime() - readAt > WINDOW.toNanos() ? refresh() : last;
    }

    /**
     * Returns the values as this node last read them, without a statement. For a decision that the start of the task checks
     * again: a caller with a transaction needs no second connection.
     */
    public State recent() {
        used = true;
        State last = state;
        return last == null ? current() : last;
    }

    /** Reads the tables, and lets the sweep look if a value has changed. */
    public State refresh() {
        long start = System.nanoTime();
        State next = new State(
                queues.settings(),
                handlers.holds().stream().collect(Collectors.toMap(Hold::task, Function.identity())));
        State last = state;
        state = next;
        readAt = start;
        if (last != null && !next.equals(last)) {
            letGo |= !next.holds().keySet().containsAll(last.holds().keySet());
            sweep.request(clock.millis());
        }
        return next;
    }

    /** Reads the tables if the values are in use. To be called once a second. */
    public void eachSecond() {
        State last = state;
        if (used || last != null && !last.holds().isEmpty() || ++idleSeconds >= IDLE_SECONDS) {
            used = false;
            idleSeconds = 0;
            refresh();
        }
        if (isProbeDue()) {
            sweep.request(clock.millis());
        }
    }

    /** Returns whether a blown fuse is to be tried. */
    public boolean isProbeDue() {
        State last = state;
        return last != null && last.holds().values().stream().anyMatch(hold -> hold.probeDue(clock.millis()));
    }

    /** Returns whether a name is no longer paused since the last call, so that held tasks are to be let go. */
    public boolean takeLetGo() {
        boolean taken = letGo;
        letGo = false;
        return taken;
    }

    /** Notes that held tasks are still to be let go. */
    public void letGoLater() {
        letGo = true;
    }

    /** Waits until all nodes have the values that are committed by now, or start no task. */
    public static void awaitEverywhere() {
        long end = System.nanoTime() + WINDOW.toNanos();
        for (long left = WINDOW.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
