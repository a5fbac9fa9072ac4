package dev.errand.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Read access to tasks and queues, and the actions of an administrator. Inject it anywhere. Methods that read need the role
 * {@code errand-viewer} (or {@code errand-admin}), methods that change something need {@code errand-admin}; without the role
 * they throw {@code jakarta.ejb.EJBAccessException}. Each call is a transaction of its own. Thread-safe.
 */
public interface TaskControl {

    /** Finds the task with its newest 100 runs and 1,000 log lines. The result is empty if no task has that id. */
    Optional<TaskInfo> find(String id);

    /**
     * Finds the task with a part of its runs and log lines. The result is empty if no task has that id. The answer may have
     * fewer runs than the page asks for although older runs follow, because the size of the traces in one answer is bounded,
     * too.
     *
     * @throws InvalidValueException if a cursor is not valid
     */
    Optional<TaskInfo> find(String id, HistoryPage history);

    /**
     * Waits until a task has finished. The call holds no connection to the database, and must not be part of the transaction that
     * sends the task: other transactions do not see it before the commit. A task that ends on this node ends the wait at once; for
     * the end of others, one query four times per second looks at all awaited tasks.
     *
     * @return the finished task; empty if it has not finished in time
     * @throws NotFoundException if no task has that id
     * @throws InvalidValueException if the time is negative or longer than 100 years
     */
    Optional<TaskInfo> await(String id, Duration timeout);

    /**
     * Waits in the same way, without a thread.
     *
     * @return the task when it has finished, or as it is at the end of the time; see {@link TaskState#finished()}
     * @throws NotFoundException if no task has that id
     * @throws InvalidValueException if the time is negative or longer than 100 years, or if a cursor is not valid
     */
    CompletionStage<TaskInfo> awaitAsync(String id, Duration timeout, HistoryPage history);

    /**
     * Returns the result of a task as an object of that type. Fields named in {@code errand.mask} are not masked: the result is for
     * code, not for people.
     *
     * @return the result; null if the handler returned null
     * @throws NotFoundException if no task has that id
     * @throws TaskStateException if the task is not in SUCCESS
     * @throws InvalidValueException if the result does not fit the type
     */
    <T> T result(String id, Class<T> type);

    /**
     * Returns a page of tasks, newest first. Arguments, results and messages are cut to 300 characters each (see
     * {@link TaskValue#cut}); {@link #find} returns them whole. The page may have fewer tasks than the limit although others
     * follow, because the number of characters in one page is bounded. Follow {@link TaskPage#next()} instead of counting the
     * tasks.
     */
    TaskPage list(TaskFilter filter);

    /** Returns the tasks that are loaded, by name. */
    List<HandlerInfo> handlers();

    /** Returns each queue that was ever used, by name. */
    List<QueueInfo> queues();

    /** Returns the nodes that share the tables, by name, and those that were killed within the last day. */
    List<NodeInfo> nodes();

    /**
     * Revokes a task. A task that waits will not run. A task that runs is interrupted, and becomes REVOKED as soon as its
     * handler returns or throws; if it succeeds before that, it stays SUCCESS. Revoking a task twice is not an error.
     *
     * @return the task after the call
     * @throws NotFoundException if no task has that id
     * @throws TaskStateException if the task has finished, as SUCCESS or FAILURE
     */
    TaskInfo revoke(String id);

    /**
     * Runs a task again now: a task that waits in RETRY, or one that ended in FAILURE or REVOKED, which gets one more run.
     *
     * @return the task after the call
     * @throws NotFoundException if no task has that id
     * @throws TaskStateException if the task is in any other state
     * @throws DuplicateTaskException if another task has its unique key by now
     */
    TaskInfo retryNow(String id);

    /**
     * Changes a task that waits: its argument, queue, priority or due time. The change is in its audit.
     *
     * @return the task after the call
     * @throws NotFoundException if no task has that id
     * @throws TaskStateException if the task runs, is about to run or is finished
     * @throws InvalidValueException if the change is empty, or if JSON cannot express the argument
     * @throws ArgumentTooLargeException if the argument is longer than the limit
     */
    TaskInfo change(String id, TaskChange change);

    /**
     * Sends the same as a new task, due at once: task, argument, queue, priority, retries, unique key, time limit, title and tags.
     *
     * @return the new task
     * @throws NotFoundException if no task has that id
     * @throws DuplicateTaskException if a task with its unique key is not finished, which may be the task itself
     */
    TaskInfo again(String id);

    /**
     * Deletes a finished task with its runs, log and audit. Its id is free then, and its unique key.
     *
     * @throws NotFoundException if no task has that id
     * @throws TaskStateException if the task is not finished
     */
    void delete(String id);

    /**
     * Pauses this queue. After the call has returned, no task of the queue starts on any node until the queue is resumed;
     * tasks that run continue. The call takes a second, in which the other nodes learn of the pause. A queue may be paused
     * before the first task is sent to it.
     *
     * @throws InvalidValueException if the name cannot be the name of a queue
     */
    QueueInfo pause(String queue);

    /**
     * Lets the tasks of this queue run again.
     *
     * @throws NotFoundException if no queue has that name
     */
    QueueInfo resume(String queue);

    /**
     * Changes the number of tasks that a node runs at once, in place of {@code errand.concurrency}. The number is kept for the
     * restarts of the node. A lower number ends no run: fewer tasks start until as few run. A node other than the one that is
     * called reads the number within five seconds.
     *
     * @param node the name of a node
     * @param tasks 1 to 1,000
     * @throws NotFoundException if no node has that name
     * @throws InvalidValueException if the number is out of range
     */
    void concurrency(String node, int tasks);

    /**
     * Returns the settings of a queue, {@link QueueSettings#none} for one without.
     *
     * @throws InvalidValueException if the name cannot be the name of a queue
     */
    QueueSettings queueSettings(String queue);

    /**
     * Replaces the settings of a queue, on all nodes, within two seconds. They are kept over restarts. A lower number ends no
     * run and removes no task. A queue may be set before the first task is sent to it.
     *
     * @return the queue after the call
     * @throws InvalidValueException if the name cannot be the name of a queue
     */
    QueueInfo configureQueue(String queue, QueueSettings settings);

    /**
     * Returns the settings of an administrator for a node.
     *
     * @throws NotFoundException if no node has that name
     */
    NodeSettings nodeSettings(String node);

    /**
     * Replaces the settings of an administrator for a node. They are kept for the restarts of the node. A node other than the
     * one that is called reads them within five seconds.
     *
     * @throws NotFoundException if no node has that name
     */
    void configureNode(String node, NodeSettings settings);

    /**
     * Pauses the tasks of a name. After the call has returned, no task of the name starts on any node until the name is
     * resumed; tasks that run continue, and tasks of other names in the same queue are not affected. The call takes some two
     * seconds, in which the other nodes learn of the pause. The pause is kept over restarts and deployments.
     *
     * @throws NotFoundException if no handler of that name was ever deployed
     */
    HandlerHold pauseHandler(String task);

    /**
     * Lets the tasks of a name run again, also those that its fuse makes wait.
     *
     * @throws NotFoundException if no handler of that name was ever deployed
     */
    HandlerHold resumeHandler(String task);

    /** Returns the conditions that an operator should fix, each with its remedy; none if all is well. */
    List<ProblemInfo> problems();
}
