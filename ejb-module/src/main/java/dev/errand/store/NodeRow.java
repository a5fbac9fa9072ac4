package dev.errand.store;

import java.util.List;

/**
 * A deployment of Errand that shares the tables.
 *
 * @param server the name of its server
 * @param application the application that its handlers belong to
 * @param version the version of Errand
 * @param sender whether it only sends tasks
 * @param handlers the names of the tasks that it can run
 * @param queues the queues of these handlers
 * @param concurrency the number of tasks that it runs at once
 * @param running the number of tasks that it ran when it was last seen
 * @param startedAt the time of its start, in milliseconds
 * @param seenAt the time at which it was last seen, in milliseconds by its own clock
 * @param served the queues whose tasks it runs
 * @param stuck the ids of runs that are past their time limit and do not end
 */
public record NodeRow(
        String node,
        String server,
        String application,
        String version,
        boolean sender,
        List<String> handlers,
        List<String> queues,
        int concurrency,
        int running,
        long startedAt,
        long seenAt,
        ServedQueues served,
        List<String> stuck) {
    /** The age of a row at which its node counts as dead: three of its beats are missing. */
    private static final long DEAD_MILLIS = 15_000;

    /** Creates the row of a node that serves all queues. */
    public NodeRow(
            String node,
            String server,
            String application,
            String version,
            boolean sender,
            List<String> handlers,
            List<String> queues,
            int concurrency,
            int running,
            long startedAt,
            long seenAt) {
        this(
                node,
                server,
                application,
                version,
                sender,
                handlers,
                queues,
                concurrency,
                running,
                startedAt,
                seenAt,
                ServedQueues.ALL,
                List.of());
    }

    /** Returns whether the node runs tasks of the queue, when it is live. */
    public boolean serves(String queue) {
        return !sender && served.has(queue, node);
    }

    /** Returns whether the node was seen recently. */
    public boolean isLive(long now) {
        return seenAt > now - DEAD_MILLIS;
    }
}
