package dev.errand.manage;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NodeInfo;
import dev.errand.api.NotFoundException;
import dev.errand.api.ProblemInfo;
import dev.errand.api.QueueInfo;
import dev.errand.api.QueueSettings;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskPage;
import dev.errand.api.TaskSender;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.api.TaskValue;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.handler.Policy;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.KnownQueues;
import dev.errand.run.RunningTask;
import dev.errand.run.RunningTasks;
import dev.errand.send.Arguments;
import dev.errand.store.ControlRecords;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.Damage;
import dev.errand.store.IntegrityCheck;
import dev.errand.store.KeyHolders;
import dev.errand.store.LineRecords;
import dev.errand.store.Millis;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRow;
import dev.errand.store.OldRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions.Waiting;
import dev.errand.store.WorkflowProgress;
import dev.errand.store.view.ListPage;
import dev.errand.store.view.PageCursor;
import dev.errand.store.view.TaskFigures;
import dev.errand.store.view.TaskHistory;
import dev.errand.store.view.TaskInfos;
import dev.errand.store.view.TaskQueries;
import dev.errand.store.view.TaskQueries.Row;
import dev.errand.store.view.TaskSnapshot;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions of {@link dev.errand.api.TaskControl} on the tables, for callers whose rights have been checked. Methods that
 * change something take the name of the user, or null, for the audit.
 */
@Stateless
@Interceptors(DatabaseDownInterceptor.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TaskAdministration {
    @Inject
    private TaskQueries queries;

    @Inject
    private TaskHistory history;

    @Inject
    private TaskFigures figures;

    @Inject
    private TaskRecords records;

    @Inject
    private KeyHolders holders;

    @Inject
    private ControlRecords control;

    @Inject
    private WorkflowProgress workflows;

    @Inject
    private LineRecords lines;

    @Inject
    private QueueControl queueControl;

    @Inject
    private HandlerControl handlerControl;

    @Inject
    private ProblemFinder problems;

    @Inject
    private OldRecords old;

    @Inject
    private Arguments arguments;

    @Inject
    private TaskSender sender;

    @Inject
    private KnownQueues queues;

    @Inject
    private IntegrityCheck integrity;

    @Inject
    private NodeRecords nodes;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private RunningTasks running;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    public Optional<TaskInfo> find(String id, HistoryPage page) {
        return queries.find(id)
                .map(row -> TaskInfos.whole(row, config.mask(), handlerLimit(row), history.of(row, page)))
                .map(this::withLimit);
    }

    private TaskInfo withLimit(TaskInfo task) {
        boolean waits = task.state() == TaskState.PENDING || task.state() == TaskState.RETRY;
        return waits
                ? lines.find(task.id())
                        .map(line -> task.blockedBy(blockedBy(line)))
                        .orElse(task)
                : task;
    }

    private static TaskInfo.BlockedBy blockedBy(LineRecords.Waiting line) {
        String key = line.limit().key();
        return new TaskInfo.BlockedBy(
                line.limit().name(),
                key.isEmpty() ? null : key,
                Instant.ofEpochMilli(line.sinceAt()),
                Millis.instant(line.calledAt()));
    }

    /** Returns those of some tasks that have finished, or are not there. */
    public List<String> finishedOrGone(List<String> ids) {
        return queries.finishedOrGone(ids);
    }

    /** Returns the result of a task, unmasked. */
    public <T> T result(String id, Class<T> type) {
        if (type == null) {
            throw new InvalidValueException(
                    "type", "The type of the result of \"" + id + "\" is null. Give its class.");
        }
        TaskSnapshot task = queries.find(id)
                .map(Row::task)
                .orElseThrow(() -> new NotFoundException("No task has the id \"" + id
                        + "\". It was never sent, its transaction was rolled back, or it was pruned."));
        if (task.state() != TaskState.SUCCESS) {
            throw new TaskStateException("The task \"" + id + "\" is " + task.state()
                    + "; only a task in SUCCESS has a result. Wait for it with TaskControl.await.");
        }
        try {
            return type.cast(Json.read(task.result(), type));
        } catch (NotJsonException e) {
            throw new InvalidValueException(
                    "type",
                    "The result of the task \"" + id + "\" does not fit " + type.getName() + ": " + e.getMessage()
                            + ". Use the type that the handler returns.",
                    e);
        }
    }

    public TaskPage list(TaskFilter filter) {
        ListPage page = queries.list(filter, PageCursor.of(filter.cursor()));
        return new TaskPage(
                page.rows().stream()
                        .map(row -> TaskInfos.listed(row, config.mask(), handlerLimit(row)))
                        .toList(),
                page.next() == null ? null : page.next().text());
    }

    private int handlerLimit(Row row) {
        return handlers.find(row.task().task())
                .map(Handler::policy)
                .orElse(Policy.NONE)
                .maxRetries();
    }

    public List<HandlerInfo> handlers() {
        return handlerControl.withHolds(
                handlers.all().stream().map(Handler::info).toList());
    }

    public HandlerHold pauseHandler(String task, String by) {
        return handlerControl.pause(task, by);
    }

    public HandlerHold resumeHandler(String task, String by) {
        return handlerControl.resume(task, by);
    }

    /** Returns the conditions that an operator should fix. */
    public List<ProblemInfo> problems() {
        return problems.all();
    }

    public QueueSettings queueSettings(String queue) {
        return queueControl.settings(queue);
    }

    public QueueInfo configureQueue(String queue, QueueSettings settings, String by) {
        return queueControl.configure(queue, settings, by);
    }

    /** Returns the number of tasks in each state. */
    public Map<TaskState, Long> counts() {
        return figures.counts();
    }

    public List<NodeInfo> nodes() {
        return nodes.nodes().stream()
                .map(node -> new NodeInfo(
                        node.node(),
                        node.application(),
                        node.version(),
                        node.handlers(),
                        served(node),
                        node.concurrency(),
                        node.running(),
                        Instant.ofEpochMilli(node.seenAt())))
                .toList();
    }

    /** Returns the queues that a node serves, as far as they are known by name. */
    private static List<String> served(NodeRow node) {
        return node.served().only() == null
                ? node.queues().stream().filter(node::serves).toList()
                : node.served().only().stream().filter(node::serves).sorted().toList();
    }

    public List<QueueInfo> queues() {
        return queueControl.all();
    }

    /** Returns the tasks whose row and indexes disagree. Nothing can change them until they are repaired. */
    public List<Damage> damaged() {
        return integrity.damaged();
    }

    public TaskInfo revoke(String id, String by) {
        Revoke answer = control.revoke(id, by, clock.millis());
        TaskInfo task = known(id);
        if (answer == Revoke.FINISHED) {
            throw new TaskStateException(
                    "The task \"" + id + "\" is finished (" + task.state() + "): there is nothing left to revoke.");
        }
        if (answer == Revoke.REVOKED || answer == Revoke.ASKED) {
            afterCommit.then(() -> LogMessage.REVOKED_BY.log(id, LogMessage.nameOf(by)));
        }
        if (answer == Revoke.REVOKED || answer == Revoke.REVOKED_AT_LAST) {
            afterCommit.then(() -> LogMessage.REVOKED.log(task.task(), id));
        } else {
            running.find(id).ifPresent(RunningTask::revoke);
        }
        return task;
    }

    public TaskInfo retryNow(String id, String by) {
        long now = clock.millis();
        TaskRecord record = records.lock(id).orElseThrow(() -> busy(known(id)));
        switch (record.state()) {
            case RETRY -> control.dueNow(record, by, now);
            case FAILURE, REVOKED -> {
                checkUniqueKey(record);
                checkPredecessors(record);
                if (!control.runAgain(record, by, now)) {
                    throw sameKey(record, "another task");
                }
            }
            default -> throw notRetriable(known(id));
        }
        afterCommit.then(() -> LogMessage.RETRIED_BY.log(id, LogMessage.nameOf(by)));
        afterCommit.publish(List.of(), now);
        return known(id);
    }

    public TaskInfo change(String id, TaskChange change, String by) {
        if (change == null || change.equals(TaskChange.none())) {
            throw new InvalidValueException(
                    null, "The change is empty. Give an argument, a queue, a priority or a due time.");
        }
        long now = clock.millis();
        TaskRecord record = records.lock(id).orElseThrow(() -> busy(known(id)));
        if (!record.state().canBecome(TaskState.REVOKED) || record.state() == TaskState.STARTED) {
            throw new TaskStateException("The task \"" + id + "\" is " + record.state()
                    + "; only a task that waits can be changed. Send a new one, or the same again.");
        }
        Waiting next = next(record, change, now);
        queues.register(next.queue());
        control.change(record, next, by, now);
        afterCommit.then(() -> LogMessage.CHANGED_BY.log(id, LogMessage.nameOf(by)));
        afterCommit.publish(List.of(), next.dueAt());
        return known(id);
    }

    private Waiting next(TaskRecord record, TaskChange change, long now) {
        return new Waiting(
                change.argument() == null
                        ? record.argument()
                        : arguments.json(record.task(), change.argument(), "Nothing was changed."),
                change.queue() == null ? record.queue() : change.queue(),
                change.priority() == null ? record.priority() : change.priority(),
                dueAt(record, change, now),
                record.expiry());
    }

    private static long dueAt(TaskRecord record, TaskChange change, long now) {
        if (change.countdown() != null) {
            return Millis.notBefore(Instant.ofEpochMilli(now).plus(change.countdown()));
        }
        return change.dueAt() == null ? record.dueAt() : Math.max(now, Millis.notBefore(change.dueAt()));
    }

    public TaskInfo again(String id) {
        TaskRecord record = records.find(id).orElseThrow(() -> unknown(id));
        TaskOptions options = TaskOptions.none()
                .queue(record.queue())
                .priority(record.priority())
                .tags(record.tags().toArray(String[]::new));
        options = record.maxRetries() == null ? options : options.maxRetries(record.maxRetries());
        options = record.uniqueKey() == null ? options : options.uniqueKey(record.uniqueKey());
        options = record.uniqueUntil() == null
                ? options
                : options.uniqueFor(Duration.ofMillis(record.uniqueUntil() - record.createdAt()));
        options = record.timeLimit() == null ? options : options.timeLimit(Duration.ofMillis(record.timeLimit()));
        options = record.title() == null ? options : options.title(record.title());
        TaskValue argument = record.argument() == null ? null : TaskValue.ofJson(record.argument());
        return known(sender.send(record.task(), argument, options));
    }

    public void delete(String id, String by) {
        TaskRecord record = records.lock(id).orElseThrow(() -> busy(known(id)));
        if (!record.state().finished()) {
            throw new TaskStateException("The task \"" + id + "\" is " + record.state()
                    + "; only a finished task can be deleted. Revoke it first, or wait.");
        }
        old.delete(id);
        afterCommit.then(() -> LogMessage.DELETED_BY.log(record.task(), id, LogMessage.nameOf(by)));
    }

    private void checkUniqueKey(TaskRecord record) {
        if (record.uniqueKey() != null) {
            holders.ofKey(record.uniqueKey(), clock.millis()).ifPresent(holder -> {
                throw sameKey(record, "\"" + holder.id() + "\" (" + holder.state() + ")");
            });
        }
    }

    private void checkPredecessors(TaskRecord record) {
        if (record.workflow() != null) {
            workflows.blocker(record).ifPresent(step -> {
                throw new TaskStateException("The task \"" + record.id() + "\" is a step that waits for \"" + step
                        + "\", which has not succeeded. Retry that one, or the workflow \"" + record.workflow()
                        + "\".");
            });
        }
    }

    private static DuplicateTaskException sameKey(TaskRecord record, String holder) {
        return new DuplicateTaskException("The task \"" + record.id() + "\" cannot be retried: " + holder
                + " has the same unique key \"" + record.uniqueKey()
                + "\" by now. Wait until it is finished and its key is free, or revoke it.");
    }

    private static TaskStateException busy(TaskInfo task) {
        return new TaskStateException("The task \"" + task.id()
                + "\" is about to run, or runs, at this moment. Look at it again, then decide.");
    }

    private static TaskStateException notRetriable(TaskInfo task) {
        return new TaskStateException("The task \"" + task.id() + "\" is " + task.state()
                + "; only a task in RETRY, FAILURE or REVOKED can be retried.");
    }

    private TaskInfo known(String id) {
        return find(id, HistoryPage.newest()).orElseThrow(() -> unknown(id));
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("No task has the id \"" + id
                + "\". It was never sent, its transaction was rolled back, or it was pruned or deleted.");
    }

    public QueueInfo pause(String queue, String by) {
        return queueControl.pause(queue, by);
    }

    public QueueInfo resume(String queue, String by) {
        QueueInfo resumed = queueControl.resume(queue, by).orElseThrow(() -> noQueue(queue));
        afterCommit.publish(List.of(), clock.millis());
        return resumed;
    }

    private NotFoundException noQueue(String queue) {
        List<String> names = queueControl.all().stream().map(QueueInfo::name).toList();
        Set<String> ofHandlers =
                handlers.all().stream().map(handler -> handler.info().queue()).collect(Collectors.toSet());
        return new NotFoundException("No queue has the name \"" + queue + "\". There are: "
                + QueueNames.instead(queue, names, ofHandlers) + ".");
    }
}
