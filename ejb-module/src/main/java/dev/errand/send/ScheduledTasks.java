package dev.errand.send;

import dev.errand.api.Task;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.Routes;
import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Inserts the tasks of schedules in the caller's transaction, all by one statement. Thread-safe. */
@ApplicationScoped
public class ScheduledTasks {
    @Inject
    TaskInsertion insertion;

    @Inject
    HandlerRegistry handlers;

    @Inject
    KnownQueues queues;

    @Inject
    Routes routes;

    @Inject
    TaskMetrics metrics;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * A task to send. Its values have been checked when the schedule was written.
     *
     * @param schedule its name
     * @param argument JSON, or null
     * @param queue null for the handler's
     * @param priority null for the handler's
     * @param delayMillis the wait before it may run
     */
    public record Order(
            String id,
            String schedule,
            String task,
            String argument,
            String queue,
            Integer priority,
            long delayMillis) {}

    /**
     * Inserts the tasks. Their ids must be free; if one is taken at this moment, the transaction fails or is marked for
     * rollback.
     */
    public void insert(List<Order> orders) {
        if (!orders.isEmpty()) {
            long now = clock.millis();
            insertion.insertTogether(
                    orders.stream().map(order -> sending(order, now)).toList(), true);
        }
    }

    private Sending sending(Order order, long now) {
        Optional<Handler> handler = handlers.find(order.task());
        TaskRecord record = new TaskRecord(
                        order.id(),
                        order.task(),
                        queue(order.task(), order.queue()),
                        order.priority() == null
                                ? handler.map(Handler::priority).orElse(Task.DEFAULT_PRIORITY)
                                : order.priority(),
                        null,
                        null,
                        order.argument(),
                        now,
                        now + order.delayMillis(),
                        null)
                .schedule(order.schedule());
        queues.register(record.queue());
        boolean here = handler.isPresent() && !config.sender();
        record.application(here ? config.application() : routes.application(order.task()));
        boolean parked = !here
                && !config.sender()
                && (record.application().isEmpty()
                        || record.application().equals(config.application()) && !routes.isRunnable(order.task()));
        boolean dueNow = here && order.delayMillis() == 0 && !queues.isPaused(record.queue());
        metrics.sent(handler.isPresent() ? order.task() : TaskMetrics.OTHER, 1);
        return new Sending(List.of(record), dueNow, parked, null);
    }

    /**
     * Returns the queue in which a task waits.
     *
     * @param queue the queue of its schedule; null for the handler's
     */
    public String queue(String task, String queue) {
        return queue == null ? handlers.find(task).map(Handler::queue).orElse(Task.DEFAULT_QUEUE) : queue;
    }

    /** Returns whether a live node can run the task, as far as this node knows. */
    public boolean isRunnable(String task) {
        return !config.sender() && handlers.find(task).isPresent() || routes.isRunnable(task);
    }
}
