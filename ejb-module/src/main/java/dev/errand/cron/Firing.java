package dev.errand.cron;

import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The decision about a schedule whose next instant has come: which instants get a task, and when to look again. Pure.
 *
 * @param fired the instants that get a task, earliest first
 * @param next the next instant, which may be one that waits for the end of the last task; null if the schedule has ended
 * @param lookAt the time of the next look; null if the schedule has ended
 * @param skipped the number of instants that get no task because the last task is not finished
 * @param lastSkipped the last of these instants, or null
 * @param missed whether instants were missed, which {@link Misfire} has dealt with
 */
public record Firing(
        List<Instant> fired, Instant next, Instant lookAt, int skipped, Instant lastSkipped, boolean missed) {
    /** The delay from which on an instant is missed. A look is normally some milliseconds late. */
    static final Duration ON_TIME = Duration.ofSeconds(5);

    /** The largest number of missed instants that get a task. */
    static final int MOST_MISSED = 100;

    /** The wait before the next look at a schedule whose last task is not finished. */
    static final Duration AGAIN = Duration.ofSeconds(1);

    /**
     * The rules and the state of a schedule.
     *
     * @param next the next instant
     * @param waited whether an earlier look has found that the instant must wait for the last task
     * @param unfinished whether the last task is not finished
     * @param held whether no task of it runs at present, because its queue is paused or its last task is PARKED
     */
    public record State(
            Timing timing,
            Misfire misfire,
            Overlap overlap,
            Instant next,
            boolean waited,
            boolean unfinished,
            boolean held) {}

    /** Decides. The next instant must not be after now. */
    public static Firing decide(State state, Instant now) {
        Instant onTime = now.minus(ON_TIME);
        Deque<Instant> due = due(state, onTime, now);
        boolean missed = !state.next().isAfter(onTime) && !state.waited();
        List<Instant> fired = new ArrayList<>();
        if (state.overlap() == Overlap.ALLOW && !state.held()) {
            fired.addAll(due);
            due.clear();
        } else if (!state.unfinished() && !due.isEmpty()) {
            fired.add(due.removeFirst());
        }
        if (!due.isEmpty() && waits(state, due.getFirst(), onTime)) {
            return new Firing(fired, due.getFirst(), now.plus(AGAIN), 0, null, missed);
        }
        Optional<Instant> next = state.timing().after(state.next(), now);
        return new Firing(
                fired, next.orElse(null), next.orElse(null), due.size(), due.isEmpty() ? null : due.getLast(), missed);
    }

    /** Returns whether an instant for which there is no task yet waits for the end of the last task. */
    private static boolean waits(State state, Instant instant, Instant onTime) {
        return !state.held()
                && (state.overlap() == Overlap.QUEUE || state.misfire() == Misfire.ALL && !instant.isAfter(onTime));
    }

    /** Returns the instants that are to get a task, apart from overlaps. */
    private static Deque<Instant> due(State state, Instant onTime, Instant now) {
        Deque<Instant> due = new ArrayDeque<>();
        Instant first = state.next();
        if (!first.isAfter(onTime)) {
            if (state.misfire() == Misfire.ALL) {
                due.addAll(newest(state.timing(), first, onTime));
            }
            Optional<Instant> recent = state.timing().after(first, onTime).filter(next -> !next.isAfter(now));
            if (recent.isEmpty()) {
                // an instant that had to wait for the last task is late by that, and not missed
                if (state.misfire() == Misfire.ONCE || state.misfire() == Misfire.SKIP && state.waited()) {
                    due.add(state.timing().last(first, onTime));
                }
                return due;
            }
            first = recent.get();
        }
        Optional<Instant> next = Optional.of(first);
        while (next.isPresent() && !next.get().isAfter(now)) {
            due.add(next.get());
            next = state.timing().after(first, next.get());
        }
        return due;
    }

    private static Deque<Instant> newest(Timing timing, Instant first, Instant end) {
        Deque<Instant> newest = new ArrayDeque<>();
        Optional<Instant> next = Optional.of(first);
        while (next.isPresent() && !next.get().isAfter(end) && newest.size() <= MOST_MISSED) {
            newest.add(next.get());
            next = timing.after(first, next.get());
        }
        if (newest.size() > MOST_MISSED) {
            newest.clear();
            Instant last = timing.last(first, end);
            newest.add(last);
            while (newest.size() < MOST_MISSED) {
                newest.addFirst(timing.last(first, newest.getFirst().minusSeconds(1)));
            }
        }
        return newest;
    }
}
