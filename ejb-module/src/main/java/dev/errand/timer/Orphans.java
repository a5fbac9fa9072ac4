package dev.errand.timer;

import dev.errand.config.ErrandConfig;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.store.NodeRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Due tasks that have no handler on this node. A task is parked only if no live node has a handler for it. Always in the
 * caller's transaction, which has locked the record. Thread-safe.
 */
@ApplicationScoped
public class Orphans {
    /**
     * The delay of a task that another node of this application can run, during an update of one node after the other: this
     * node looks for other tasks in the meantime.
     */
    private static final long LEFT_MILLIS = 1_000;

    @Inject
    NodeRecords nodes;

    @Inject
    TaskTransitions transitions;

    @Inject
    HandlerRegistry handlers;

    @Inject
    ErrandConfig config;

    /** Gives the task to the nodes that can run it, or parks it. */
    void settle(TaskRecord record, long now) {
        // the tables, not what this node remembers: a handler may have been deployed a moment ago
        String application = nodes.application(record.task()).orElse("");
        if (!application.isEmpty() && !application.equals(config.application())) {
            transitions.assign(List.of(record), application);
        } else if (nodes.isRunnable(record.task(), now)) {
            transitions.wake(List.of(record), now + LEFT_MILLIS);
        } else {
            transitions.park(record, now);
            LogMessage.NO_HANDLER.logAtMostOnceAMinute(record.task(), record.id(), handlers.tasks());
        }
    }
}
