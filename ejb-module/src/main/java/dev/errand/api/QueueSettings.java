package dev.errand.api;

import java.time.Duration;

/**
 * The settings of a queue: {@code QueueSettings.none().concurrency(2).maxPending(10_000L)}. Null stands for "not set".
 * Immutable: each call returns a changed copy. A value out of its range is refused here, with an
 * {@link InvalidValueException}.
 *
 * @param concurrency the largest number of the queue's tasks that each node runs at once, 1 to 1,000. It counts per node: with
 *     three nodes, three times as many tasks of the queue may run
 * @param reserved the number of places of each node that only tasks of this queue may use, 1 to 1,000. One place of each node
 *     stays open to all queues, whatever is reserved
 * @param maxPending the largest number of unfinished tasks of the queue, 1 to 1,000,000,000: beyond it, sends are refused with
 *     a {@link QueueFullException}. Each node counts once a second, so the other nodes may exceed the number by what they send
 *     within a second
 * @param timeLimit the longest run of a task whose handler has no limit of its own, more than 0 and at most 100 years
 */
public record QueueSettings(Integer concurrency, Integer reserved, Long maxPending, Duration timeLimit) {
    private static final long MOST_PENDING = 1_000_000_000;
    private static final int MOST_PLACES = 1_000;

    private static final QueueSettings NONE = new QueueSettings(null, null, null, null);

    /** Checks each value; null stands for "not set". */
    public QueueSettings {
        inRange("concurrency", concurrency, MOST_PLACES);
        inRange("reserved", reserved, MOST_PLACES);
        inRange("maxPending", maxPending, MOST_PENDING);
        if (timeLimit != null) {
            Checks.duration("timeLimit", timeLimit);
            if (timeLimit.toMillis() < 1) {
                throw new InvalidValueException(
                        "timeLimit", "timeLimit " + timeLimit + " is shorter than a millisecond. Use a longer one.");
            }
        }
        if (concurrency != null && reserved != null && reserved > concurrency) {
            throw new InvalidValueException(
                    "reserved",
                    "reserved " + reserved + " is more than concurrency " + concurrency
                            + ": the queue could never use those places. Use at most " + concurrency + ".");
        }
    }

    private static void inRange(String name, Number value, long most) {
        if (value != null && (value.longValue() < 1 || value.longValue() > most)) {
            throw new InvalidValueException(
                    name, name + " " + value + " is not allowed: use 1 to " + most + ", or null for none.");
        }
    }

    /** Returns settings in which no value is set. */
    public static QueueSettings none() {
        return NONE;
    }

    public QueueSettings concurrency(Integer concurrency) {
        return new QueueSettings(concurrency, reserved, maxPending, timeLimit);
    }

    public QueueSettings reserved(Integer reserved) {
        return new QueueSettings(concurrency, reserved, maxPending, timeLimit);
    }

    public QueueSettings maxPending(Long maxPending) {
        return new QueueSettings(concurrency, reserved, maxPending, timeLimit);
    }

    public QueueSettings timeLimit(Duration timeLimit) {
        return new QueueSettings(concurrency, reserved, maxPending, timeLimit);
    }
}
