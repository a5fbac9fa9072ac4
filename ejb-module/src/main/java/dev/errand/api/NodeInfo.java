package dev.errand.api;

import java.time.Instant;
import java.util.List;

/**
 * A node: a deployment of Errand on a server. A node that stops in order disappears from the list; one that was killed stays
 * for a day, or until it starts again, with an old {@code seenAt}.
 *
 * @param node its name, unique among the nodes that share the tables
 * @param application the application that its handlers belong to
 * @param version its version of Errand
 * @param handlers the names of the tasks that it can run; none on a node that only sends
 * @param queues the queues that it serves: those that its configuration or an administrator names, otherwise the queues of
 *     these handlers
 * @param concurrency the number of tasks that it runs at once
 * @param running the number of tasks that it ran when it was last seen
 * @param seenAt the instant at which it was last seen; a live node is seen every five seconds
 */
public record NodeInfo(
        String node,
        String application,
        String version,
        List<String> handlers,
        List<String> queues,
        int concurrency,
        int running,
        Instant seenAt) {}
