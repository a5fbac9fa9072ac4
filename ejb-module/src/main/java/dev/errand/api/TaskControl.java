package dev.errand.api;

import java.util.List;
import java.util.Optional;

/**
 * Looks at tasks and steers them. Inject it anywhere; what reads needs the role {@code errand-viewer} (or
 * {@code errand-admin}), what changes needs {@code errand-admin}: else a {@code jakarta.ejb.EJBAccessException}.
 * Each call is a transaction of its own. Thread-safe.
 */
public interface TaskControl {

    /** Finds the task with its newest 100 runs and 1,000 log lines; nothing, if no task has that id. */
    Optional<TaskInfo> find(String id);

    /**
     * Finds the task with a part of its runs and log lines; nothing, if no task has that id. There may be fewer runs than asked
     * for although older ones follow: the traces in one answer are bounded, too.
     *
     * @throws InvalidOptionException if a cursor is none
     */
    Optional<TaskInfo> find(String id, HistoryPage history);

    /**
     * A page of tasks, newest first. Arguments, results and messages are cut to 300 characters each (see {@link TaskValue#cut});
     * {@link #find} has them whole. There may be fewer tasks than the limit although others follow: the characters in one
     * page are bounded. So follow {@link TaskPage#next()}, and do not count.
     */
    TaskPage list(TaskFilter filter);

    /** The list of tasks loaded, by name. */
    List<HandlerInfo> handlers();

    /** Every queue that was ever used, by name. */
    List<QueueInfo> queues();

    /**
     * Revokes a task: one that waits will not run; one that runs is interrupted, and becomes REVOKED as soon as its
     * handler gives up (a task that ends well before that stays SUCCESS). Revoking twice is no error.
     *
     * @return the task after it
     * @throws UnknownTaskException if no task has that id
     * @throws TaskStateException if it is over, as SUCCESS or FAILURE
     */
    TaskInfo revoke(String id);

    /**
     * Runs a task again now: one that waits in RETRY, or one that ended in FAILURE or REVOKED, which gets one more run.
     *
     * @return the task after it
     * @throws UnknownTaskException if no task has that id
     * @throws TaskStateException if it is in any other state
     * @throws DuplicateTaskException if another task with its unique key is not over
     */
    TaskInfo retryNow(String id);

    /**
     * Pauses this queue. Once the call has returned, no task of it starts on any node until it is resumed; those that run go on.
     * It takes a second, in which the nodes get to know. A queue may be paused before the first task is sent to it.
     *
     * @throws InvalidOptionException if that can be no queue's name
     */
    QueueInfo pause(String queue);

    /**
     * Lets the tasks of this queue run again.
     *
     * @throws UnknownQueueException if no queue has that name
     */
    QueueInfo resume(String queue);
}
