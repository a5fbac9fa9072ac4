package dev.errand.send;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.ErrandException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.Task;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import dev.errand.api.TaskValue;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.FullQueues;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.Routes;
import dev.errand.store.Millis;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A sender that checks each task and writes its record in the caller's transaction. */
@ApplicationScoped
public class TransactionalTaskSender implements TaskSender {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private TaskInsertion insertion;

    @Inject
    private CombinedInsertion combined;

    @Inject
    private KnownQueues queues;

    @Inject
    private Routes routes;

    @Inject
    private TaskMetrics metrics;

    @Inject
    private DatabaseMonitor monitor;

    @Inject
    private FullQueues full;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    @Override
    public String send(String task, Object argument) {
        return send(task, argument, TaskOptions.none());
    }

    @Override
    public String send(String task, Object argument, TaskOptions options) {
        return sendAll(task, Collections.singletonList(argument), options).get(0);
    }

    @Override
    public <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument) {
        return send(handler, argument, TaskOptions.none());
    }

    @Override
    public <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument, TaskOptions options) {
        Task task = handler.getAnnotation(Task.class);
        if (task == null) {
            throw new InvalidValueException(
                    "task",
                    "The class " + handler.getName() + " has no name. Annotate it with @Task(\"NAME.function\").");
        }
        return send(task.value(), argument, options);
    }

    @Override
    public List<String> sendAll(String task, Collection<?> arguments, TaskOptions options) {
        checkName(task);
        TaskOptions checked = options == null ? TaskOptions.none() : options;
        if (arguments == null) {
            throw new InvalidValueException(
                    "argument", "The arguments for \"" + task + "\" are null. Give a collection of them.");
        }
        if (arguments.isEmpty()) {
            return List.of();
        }
        if (arguments.size() > 1 && (checked.id() != null || checked.uniqueKey() != null)) {
            throw new InvalidValueException(
                    null,
                    "An id or a unique key is for one task, but there are " + arguments.size() + " arguments for \""
                            + task + "\". Leave it out, or send one by one.");
        }
        long now = clock.millis();
        Instant expires = expires(checked, now);
        if (expires != null && expires.toEpochMilli() <= now) {
            throw new InvalidValueException(
                    "expires",
                    "The task \"" + task + "\" would expire at " + expires
                            + ", which is not in the future. Use a later time, or leave it out. Nothing was sent.");
        }
        Optional<Handler> handler = handlers.find(task);
        List<TaskRecord> records = arguments.stream()
                .map(argument -> record(task, json(task, argument), checked, handler, now, expires))
                .toList();
        insert(records, checked, handler.isPresent() && !config.sender(), now);
        metrics.sent(handler.isPresent() ? task : TaskMetrics.OTHER, records.size());
        return records.stream().map(TaskRecord::id).toList();
    }

    @Override
    public int maxArgumentBytes() {
        return config.argumentMaxBytes();
    }

    private void insert(List<TaskRecord> records, TaskOptions options, boolean here, long now) {
        TaskRecord first = records.get(0);
        refuseInAnOutage(first);
        boolean chosen = options.id() != null || options.uniqueKey() != null;
        try {
            queues.register(first.queue());
            full.admit(first.queue(), records.size());
            String application = here ? config.application() : routes.application(first.task());
            records.forEach(record -> record.application(application));
            boolean parked = !here && isParked(first.task(), application);
            boolean dueNow = here && first.dueAt() <= now && !queues.isPaused(first.queue());
            if (combined.insert(records, chosen, dueNow, parked)) {
                return;
            }
            refuseInAnOutage(first);
            if (chosen) {
                insertion.taken(first, options.id() != null).ifPresent(taken -> {
                    throw new DuplicateTaskException(taken);
                });
            }
            if (!insertion.insert(records, dueNow, parked)) {
                throw new DuplicateTaskException("The id \"" + first.id() + "\" or the unique key \""
                        + first.uniqueKey() + "\" was taken by another task at this moment. The transaction is lost;"
                        + " nothing was sent.");
            }
        } catch (ErrandException e) {
            throw e;
        } catch (InterruptedException e) {
            throw notSent(first, "was not asked, because the thread was interrupted", e);
        } catch (RuntimeException e) {
            // servers and JPA wrap an error of the database in different ways, or not at all
            throw notSent(first, monitor.isCauseOf(e) ? "does not answer" : "did not accept it", e);
        }
    }

    /**
     * Returns whether no node can run the task. A task of another application is left to its nodes, also while they are
     * stopped; a node that runs nothing leaves all to the others.
     */
    private boolean isParked(String task, String application) {
        return !config.sender()
                && (application.isEmpty() || application.equals(config.application()) && !routes.isRunnable(task));
    }

    private void refuseInAnOutage(TaskRecord first) {
        if (monitor.isDown()) {
            throw notSent(first, "does not answer", null);
        }
    }

    private static DatabaseUnavailableException notSent(TaskRecord record, String why, Exception e) {
        return new DatabaseUnavailableException(
                "The task \"" + record.task() + "\"[" + record.id() + "] was not sent: the database " + why
                        + ". Try again later.",
                e);
    }

    private static TaskRecord record(
            String task, String argument, TaskOptions options, Optional<Handler> handler, long now, Instant expires) {
        return new TaskRecord(
                options.id() == null ? IDS.generate().toString() : options.id(),
                task,
                options.queue() == null ? handler.map(Handler::queue).orElse(Task.DEFAULT_QUEUE) : options.queue(),
                options.priority() == null
                        ? handler.map(Handler::priority).orElse(Task.DEFAULT_PRIORITY)
                        : options.priority(),
                options.maxRetries(),
                options.uniqueKey(),
                argument,
                now,
                dueAt(options, now),
                expires == null ? null : expires.toEpochMilli());
    }

    private static Instant expires(TaskOptions options, long now) {
        return options.expires() != null || options.expiresIn() == null
                ? options.expires()
                : Instant.ofEpochMilli(now).plus(options.expiresIn());
    }

    /** Returns the due time. The countdown takes precedence over the eta, as in Celery. */
    private static long dueAt(TaskOptions options, long createdAt) {
        if (options.countdown() != null) {
            return Millis.notBefore(Instant.ofEpochMilli(createdAt).plus(options.countdown()));
        }
        return options.eta() == null ? createdAt : Math.max(createdAt, Millis.notBefore(options.eta()));
    }

    private static void checkName(String task) {
        if (task == null || task.isEmpty()) {
            throw new InvalidValueException(
                    "task", "The task's name is empty. Use the name in the handler's @Task, such as \"example.echo\".");
        }
        if (task.length() > 255 || !task.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidValueException(
                    "task",
                    "\"" + task
                            + "\" is not a task name: it must be 1 to 255 visible ASCII characters without blanks.");
        }
    }

    private String json(String task, Object argument) {
        String text;
        try {
            text = argument instanceof TaskValue value ? json(value) : Json.write(argument);
        } catch (NotJsonException e) {
            throw new InvalidValueException(
                    "argument",
                    "The argument of \"" + task + "\", a " + argument.getClass().getName()
                            + ", cannot be written as JSON: " + e.getMessage()
                            + ". Use a record, a bean, a list, a map or a simple value. Nothing was sent.",
                    e);
        }
        int max = config.argumentMaxBytes();
        if (Json.longer(text, max)) {
            throw new ArgumentTooLargeException("The argument of \"" + task + "\" is larger than " + max
                    + " bytes as JSON. Send a reference to the data, or raise errand.argument.max-bytes."
                    + " Nothing was sent.");
        }
        return text;
    }

    private static String json(TaskValue value) {
        if (value.cut()) {
            throw new NotJsonException(
                    "it is only the beginning of a value, from a list; find() returns the whole value", null);
        }
        return Json.checked(value.json());
    }
}
