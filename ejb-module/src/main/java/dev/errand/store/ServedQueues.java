package dev.errand.store;

import dev.errand.api.TaskOptions;
import java.util.List;
import java.util.Set;

/**
 * The queues that one node serves. The queue of a node, {@code node:NAME}, is served by that node and by no other one.
 *
 * @param only null for all
 * @param except the queues that are left out
 */
public record ServedQueues(Set<String> only, Set<String> except) {
    public static final ServedQueues ALL = new ServedQueues(null, Set.of());

    /** @param names as {@link dev.errand.api.NodeSettings#queues} has them */
    public static ServedQueues of(List<String> names) {
        return names.equals(List.of("*")) ? ALL : new ServedQueues(Set.copyOf(names), Set.of());
    }

    /** @param node the name of the node */
    public boolean has(String queue, String node) {
        if (queue.startsWith(TaskOptions.NODE_QUEUE)) {
            return queue.equals(TaskOptions.NODE_QUEUE + node);
        }
        return (only == null || only.contains(queue)) && !except.contains(queue);
    }

    /** Returns whether some queue is not served, apart from those of other nodes. */
    public boolean isPart() {
        return only != null || !except.isEmpty();
    }
}
