package dev.errand.send;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.ErrandException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.Task;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskRequest;
import dev.errand.api.TaskSender;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.FullQueues;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.Routes;
import dev.errand.store.Millis;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.store.database.SqlErrors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A sender that checks each task and writes its record in the caller's transaction. */
@ApplicationScoped
public class TransactionalTaskSender implements TaskSender {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    /** The largest number of times that a send is repeated after a conflict. */
    private static final int CONFLICTS = 10;

    /** The longest duration of a send that is repeated after a conflict. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private TaskInsertion insertion;

    @Inject
    private CombinedInsertion combined;

    @Inject
    private NamedInsertion named;

    @Inject
    private Arguments arguments;

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
        return sendOne(task, argument, options).id();
    }

    /** Sends a task, and returns also whether it is new. */
    public Sent sendOne(String task, Object argument, TaskOptions options) {
        long now = clock.millis();
        return sent(List.of(task(new TaskRequest(task, argument, options), now)), now)
                .get(0);
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
    public List<String> sendAll(String task, Collection<?> values, TaskOptions options) {
        checkName(task);
        TaskOptions checked = options == null ? TaskOptions.none() : options;
        if (values == null) {
            throw new InvalidValueException(
                    "argument", "The arguments for \"" + task + "\" are null. Give a collection of them.");
        }
        if (values.isEmpty()) {
            return List.of();
        }
        if (values.size() > 1 && Placed.named(checked)) {
            throw new InvalidValueException(
                    null,
                    "An id or a unique key is for one task, but there are " + values.size() + " arguments for \"" + task
                            + "\". Leave it out, or send one by one.");
        }
        long now = clock.millis();
        List<New> tasks = values.stream()
                .map(argument -> task(new TaskRequest(task, argument, checked), now))
                .toList();
        return sent(tasks, now).stream().map(Sent::id).toList();
    }

    @Override
    public List<String> sendAll(List<TaskRequest> requests) {
        if (requests == null) {
            throw new InvalidValueException("tasks", "The list of tasks is null. Give a list of them.");
        }
        long now = clock.millis();
        List<New> tasks = new ArrayList<>();
        for (TaskRequest request : requests) {
            try {
                if (request == null) {
                    throw new InvalidValueException(null, "The task is null. Leave it out of the list.");
                }
                tasks.add(task(request, now));
            } catch (ErrandException e) {
                e.index(tasks.size());
                throw e;
            }
        }
        return tasks.isEmpty()
                ? List.of()
                : inDatabase(tasks.get(0).record(), () -> together(tasks, now)).stream()
                        .map(Sent::id)
                        .toList();
    }

    @Override
    public int maxArgumentBytes() {
        return config.argumentMaxBytes();
    }

    /**
     * A task whose values are checked.
     *
     * @param here whether this node runs tasks of its name
     * @param known whether this node has its handler
     */
    private record New(TaskRecord record, TaskOptions options, boolean here, boolean known) {}

    private New task(TaskRequest request, long now) {
        String task = request.task();
        TaskOptions options = request.options();
        checkName(task);
        checkNames(task, options);
        Instant expires = expires(options, now);
        if (expires != null && expires.toEpochMilli() <= now) {
            throw new InvalidValueException(
                    "expires",
                    "The task \"" + task + "\" would expire at " + expires
                            + ", which is not in the future. Use a later time, or leave it out. Nothing was sent.");
        }
        Optional<Handler> handler = handlers.find(task);
        String argument = arguments.json(task, request.argument(), "Nothing was sent.");
        return new New(
                record(task, argument, options, handler, now, expires),
                options,
                handler.isPresent() && !config.sender(),
                handler.isPresent());
    }

    /** Checks the options that only have a meaning with a name that another task may have. */
    private static void checkNames(String task, TaskOptions options) {
        if (options.uniqueKey() == null && (options.debounce() != null || options.uniqueFor() != null)) {
            String option = options.debounce() == null ? "uniqueFor" : "debounce";
            throw new InvalidValueException(
                    option,
                    option + " of \"" + task
                            + "\" has no unique key. Add a uniqueKey, which says what counts as the same"
                            + " work. Nothing was sent.");
        }
        if (options.onDuplicate() != null && options.onDuplicate() != OnDuplicate.REFUSE && !Placed.named(options)) {
            throw new InvalidValueException(
                    "onDuplicate",
                    "onDuplicate of \"" + task + "\" has no unique key. Add a uniqueKey, which says what counts as the"
                            + " same work, or an id. Nothing was sent.");
        }
        if (options.debounce() != null
                && (options.countdown() != null || options.eta() != null || options.onDuplicate() != null)) {
            throw new InvalidValueException(
                    "debounce",
                    "debounce of \"" + task
                            + "\" is together with a countdown, an eta or an onDuplicate. It sets the due"
                            + " time, and changes the task that waits: leave the others out. Nothing was sent.");
        }
    }

    /** Sends tasks of one name with the same options. */
    private List<Sent> sent(List<New> tasks, long now) {
        return inDatabase(tasks.get(0).record(), () -> alike(tasks, now));
    }

    private List<Sent> alike(List<New> tasks, long now) throws InterruptedException {
        List<Placed> placed = placed(tasks, now);
        Placed first = placed.get(0);
        List<TaskRecord> records = placed.stream().map(Placed::record).toList();
        List<Sent> sent =
                records.stream().map(record -> new Sent(record.id(), true)).toList();
        // a send that changes a task mostly finds one, so an INSERT that it shares with others would be in vain
        if (Placed.changes(first.options())
                || !combined.insert(records, first.named(), first.dueNow(), first.parked())) {
            refuseInAnOutage(first.record());
            if (first.named()) {
                NamedInsertion.Result result = retried(() -> named.send(first));
                if (result.refusal() != null) {
                    throw result.refusal();
                }
                sent = List.of(result.sent());
            } else {
                insertion.insert(records, first.dueNow(), first.parked());
            }
        }
        count(tasks, sent);
        return sent;
    }

    /** Sends different tasks, all in one transaction. */
    private List<Sent> together(List<New> tasks, long now) {
        List<Placed> placed = placed(tasks, now);
        NamedInsertion.Results results = retried(() -> named.sendAll(placed));
        if (results.refusal() != null) {
            results.refusal().index(results.index());
            throw results.refusal();
        }
        count(tasks, results.sent());
        return results.sent();
    }

    private void count(List<New> tasks, List<Sent> sent) {
        Map<String, Integer> added = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).added()) {
                New task = tasks.get(i);
                added.merge(task.known() ? task.record().task() : TaskMetrics.OTHER, 1, Integer::sum);
            }
        }
        added.forEach(metrics::sent);
    }

    private List<Placed> placed(List<New> tasks, long now) {
        Map<String, Integer> byQueue = new HashMap<>();
        tasks.forEach(task -> byQueue.merge(task.record().queue(), 1, Integer::sum));
        byQueue.keySet().forEach(queues::register);
        byQueue.forEach(full::admit);
        return tasks.stream()
                .map(task -> {
                    TaskRecord record = task.record();
                    String application = task.here() ? config.application() : routes.application(record.task());
                    record.application(application);
                    return new Placed(
                            record,
                            task.options(),
                            task.here() && record.dueAt() <= now && !queues.isPaused(record.queue()),
                            !task.here() && isParked(record.task(), application));
                })
                .toList();
    }

    /**
     * Repeats a send without a transaction of the caller that the database has rolled back because of another one: senders that
     * change the same task at the same moment can be in each other's way. One that has waited long for a lock would wait again.
     */
    private <T> T retried(Supplier<T> send) {
        for (int left = CONFLICTS; ; left--) {
            long since = System.nanoTime();
            try {
                return send.get();
            } catch (RuntimeException e) {
                boolean quick = System.nanoTime() - since < QUICK.toNanos();
                if (left == 0 || !quick || combined.hasTransaction() || !SqlErrors.conflict(e)) {
                    throw e;
                }
            }
        }
    }

    @FunctionalInterface
    private interface Send {
        List<Sent> run() throws InterruptedException;
    }

    private List<Sent> inDatabase(TaskRecord first, Send send) {
        refuseInAnOutage(first);
        try {
            return send.run();
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
        return labelled(
                new TaskRecord(
                        options.id() == null ? IDS.generate().toString() : options.id(),
                        task,
                        options.queue() == null
                                ? handler.map(Handler::queue).orElse(Task.DEFAULT_QUEUE)
                                : options.queue(),
                        options.priority() == null
                                ? handler.map(Handler::priority).orElse(Task.DEFAULT_PRIORITY)
                                : options.priority(),
                        options.maxRetries(),
                        options.uniqueKey(),
                        argument,
                        now,
                        dueAt(options, now),
                        expires == null ? null : expires.toEpochMilli()),
                options,
                now);
    }

    /** Adds the options that decide neither where nor when a task runs. */
    static TaskRecord labelled(TaskRecord record, TaskOptions options, long now) {
        return record.labels(options.title(), options.tags())
                .timeLimit(
                        options.timeLimit() == null
                                ? null
                                : Math.max(1, options.timeLimit().toMillis()))
                .uniqueUntil(
                        options.uniqueFor() == null
                                ? null
                                : now + options.uniqueFor().toMillis());
    }

    private static Instant expires(TaskOptions options, long now) {
        return options.expires() != null || options.expiresIn() == null
                ? options.expires()
                : Instant.ofEpochMilli(now).plus(options.expiresIn());
    }

    /** Returns the due time. The countdown takes precedence over the eta, as in Celery. */
    private static long dueAt(TaskOptions options, long createdAt) {
        if (options.debounce() != null) {
            return createdAt + options.debounce().quiet().toMillis();
        }
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
}
