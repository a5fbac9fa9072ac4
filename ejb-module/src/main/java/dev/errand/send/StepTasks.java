package dev.errand.send;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.Task;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.Routes;
import dev.errand.store.Millis;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.SqlErrors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the tasks of a workflow, and inserts them in the caller's transaction. Thread-safe. */
@ApplicationScoped
public class StepTasks {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    @Inject
    TaskInsertion insertion;

    @Inject
    NamedInsertion named;

    @Inject
    CurrentUser caller;

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

    /**
     * A step to send.
     *
     * @param field the place of the step in the request, for messages
     * @param waits whether it waits for others
     */
    public record Order(
            String field,
            String workflow,
            String step,
            String task,
            Object argument,
            TaskOptions options,
            boolean waits) {}

    /** Returns a new id, which is greater than those before. */
    public String newId() {
        return IDS.generate().toString();
    }

    /**
     * Makes the record of a step.
     *
     * @throws InvalidValueException for a value that cannot be sent
     * @throws ArgumentTooLargeException if the argument is larger than allowed
     */
    public TaskRecord record(Order order, long now) {
        TaskOptions options = order.options();
        refuseSharing(order);
        Optional<Handler> handler = handlers.find(order.task());
        Instant expires = options.expires() != null || options.expiresIn() == null
                ? options.expires()
                : Instant.ofEpochMilli(now).plus(options.expiresIn());
        if (expires != null && expires.toEpochMilli() <= now) {
            throw new InvalidValueException(
                    order.field() + ".options.expires",
                    "The step \"" + order.step() + "\" would expire at " + expires
                            + ", which is not in the future. Use a later time, or leave it out. Nothing was sent.");
        }
        TaskRecord record = new TaskRecord(
                options.id() == null ? newId() : options.id(),
                order.task(),
                options.queue() == null ? handler.map(Handler::queue).orElse(Task.DEFAULT_QUEUE) : options.queue(),
                options.priority() == null
                        ? handler.map(Handler::priority).orElse(Task.DEFAULT_PRIORITY)
                        : options.priority(),
                options.maxRetries(),
                options.uniqueKey(),
                json(order),
                now,
                dueAt(options, now),
                expires == null ? null : expires.toEpochMilli());
        TransactionalTaskSender.labelled(record, options, now).step(order.workflow(), order.step());
        if (order.waits()) {
            record.await();
        }
        return record;
    }

    /** A step is a task of its own workflow: it cannot be one that is there already. */
    private static void refuseSharing(Order order) {
        TaskOptions options = order.options();
        boolean shares = options.onDuplicate() != null && options.onDuplicate() != OnDuplicate.REFUSE;
        if (shares || options.debounce() != null) {
            String option = shares ? "onDuplicate" : "debounce";
            throw new InvalidValueException(
                    order.field() + ".options." + option,
                    "The step \"" + order.step() + "\" has the option " + option
                            + ". A step is always a new task: leave the" + " option out. Nothing was sent.");
        }
        if (options.uniqueFor() != null && options.uniqueKey() == null) {
            throw new InvalidValueException(
                    order.field() + ".options.uniqueFor",
                    "The step \"" + order.step()
                            + "\" has uniqueFor and no unique key. Add a uniqueKey, or leave it out."
                            + " Nothing was sent.");
        }
    }

    /** Returns the due time. The countdown of a step that waits begins at its release. */
    private static long dueAt(TaskOptions options, long now) {
        if (options.countdown() != null) {
            return Millis.notBefore(Instant.ofEpochMilli(now).plus(options.countdown()));
        }
        return options.eta() == null ? now : Math.max(now, Millis.notBefore(options.eta()));
    }

    private String json(Order order) {
        String text;
        try {
            text = order.argument() instanceof TaskValue value
                    ? Json.checked(value.json())
                    : Json.write(order.argument());
        } catch (NotJsonException e) {
            throw new InvalidValueException(
                    order.field() + ".argument",
                    "The argument of the step \"" + order.step() + "\" cannot be written as JSON: " + e.getMessage()
                            + ". Use a record, a bean, a list, a map or a simple value. Nothing was sent.",
                    e);
        }
        if (Json.longer(text, config.argumentMaxBytes())) {
            throw new ArgumentTooLargeException(
                    "The argument of the step \"" + order.step() + "\" is larger than "
                            + config.argumentMaxBytes()
                            + " bytes as JSON. Send a reference to the data, or raise errand.argument.max-bytes. Nothing was sent.");
        }
        return text;
    }

    /**
     * Inserts records of steps.
     *
     * @param chosen those with an id or a unique key that the caller has chosen
     * @throws DuplicateTaskException if one of these is taken
     */
    public void insert(List<TaskRecord> records, List<TaskRecord> chosen, long now) {
        Set<String> wanted = new HashSet<>();
        for (TaskRecord record : chosen) {
            if (!wanted.add("id " + record.id())
                    || record.uniqueKey() != null && !wanted.add("key " + record.uniqueKey())) {
                throw new DuplicateTaskException("Another step has the id or the unique key of the step \""
                        + record.step() + "\". Choose another one, or leave it out. Nothing was sent.");
            }
            named.taken(record).ifPresent(taken -> {
                throw taken;
            });
        }
        List<Sending> sendings = new ArrayList<>();
        String user = caller.name();
        for (TaskRecord record : records) {
            sendings.add(sending(record, user, now));
        }
        try {
            insertion.insertTogether(sendings, false);
        } catch (RuntimeException e) {
            if (SqlErrors.constraintViolated(e)) {
                throw new DuplicateTaskException("An id or a unique key of a step was taken by another task at this"
                        + " moment. The transaction is lost; nothing was sent.");
            }
            throw e;
        }
    }

    private Sending sending(TaskRecord record, String user, long now) {
        boolean known = handlers.find(record.task()).isPresent();
        boolean here = known && !config.sender();
        queues.register(record.queue());
        record.application(here ? config.application() : routes.application(record.task()));
        boolean parked = !here
                && !config.sender()
                && (record.application().isEmpty()
                        || record.application().equals(config.application()) && !routes.isRunnable(record.task()));
        boolean dueNow = here
                && record.state() == TaskState.PENDING
                && record.dueAt() <= now
                && !queues.isPaused(record.queue());
        metrics.sent(known ? record.task() : TaskMetrics.OTHER, 1);
        return new Sending(List.of(record), dueNow, parked, user);
    }
}
