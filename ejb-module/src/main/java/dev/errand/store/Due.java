package dev.errand.store;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The result of a search for due tasks.
 *
 * @param turns queues with due tasks, highest priority first
 * @param later the time of the next search, in milliseconds; empty if no task waits, or if the caller did not ask
 */
public record Due(List<Turn> turns, OptionalLong later) {
    /** Returns the results of two searches as one, highest priority first. */
    Due and(Due other) {
        List<Turn> all = Stream.concat(turns.stream(), other.turns.stream())
                .sorted(Comparator.comparing(Turn::priority).reversed())
                .toList();
        OptionalLong first =
                LongStream.concat(stream(later), stream(other.later)).min();
        return new Due(all, first);
    }

    private static LongStream stream(OptionalLong time) {
        return time.isPresent() ? LongStream.of(time.getAsLong()) : LongStream.empty();
    }
}
