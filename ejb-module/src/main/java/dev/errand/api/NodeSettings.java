package dev.errand.api;

import java.util.List;
import java.util.TreeSet;

/**
 * The settings of an administrator for a node. Null stands for the node's configuration. Immutable: each call returns a changed
 * copy. A value out of its range is refused here, with an {@link InvalidValueException}.
 *
 * @param concurrency the number of tasks that the node runs at once, 1 to 1,000; null for {@code errand.concurrency}
 * @param queues the queues whose tasks the node runs, at most 100; the single name {@code *} stands for all; null for
 *     {@code errand.queues} and {@code errand.queues.except}
 */
public record NodeSettings(Integer concurrency, List<String> queues) {
    private static final NodeSettings NONE = new NodeSettings(null, null);
    private static final int MOST_PLACES = 1_000;
    private static final int MOST_QUEUES = 100;

    /** Checks each value. */
    public NodeSettings {
        if (concurrency != null && (concurrency < 1 || concurrency > MOST_PLACES)) {
            throw new InvalidValueException(
                    "concurrency", "The concurrency is " + concurrency + ". Allowed: 1 to " + MOST_PLACES + ".");
        }
        if (queues != null) {
            if (queues.isEmpty() || queues.size() > MOST_QUEUES) {
                throw new InvalidValueException(
                        "queues",
                        "queues has " + queues.size() + " names. Use 1 to " + MOST_QUEUES
                                + ", [\"*\"] for all queues, or null for the node's configuration.");
            }
            queues.forEach(queue -> Checks.name("queues", queue, 100));
            if (queues.size() > 1 && queues.contains("*")) {
                throw new InvalidValueException("queues", "queues has \"*\", which stands for all, and other names.");
            }
            queues = List.copyOf(new TreeSet<>(queues));
        }
    }

    /** Returns settings that leave all to the node's configuration. */
    public static NodeSettings none() {
        return NONE;
    }

    public NodeSettings concurrency(Integer concurrency) {
        return new NodeSettings(concurrency, queues);
    }

    public NodeSettings queues(List<String> queues) {
        return new NodeSettings(concurrency, queues);
    }
}
