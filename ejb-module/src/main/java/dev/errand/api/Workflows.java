package dev.errand.api;

import java.util.Map;
import java.util.Optional;

/**
 * The workflows: tasks that belong together. Inject it anywhere. Like {@link TaskSender}, {@link #start} and {@link #add} need no
 * role, and join the caller's transaction: roll back, and no step was ever sent. The other calls are those of
 * {@link TaskControl}: methods that read need the role {@code errand-viewer} (or {@code errand-admin}), methods that change
 * something need {@code errand-admin}, and each call is a transaction of its own. Thread-safe.
 *
 * <p>A step that waits for one other step is released in the commit that finishes that step. A step that waits for several is
 * released once, after the commit of the last of them. Whatever crashes, no step is lost: each node looks for such steps now and
 * then.
 */
public interface Workflows {
    /**
     * Starts a workflow: sends all its tasks, of which those that wait for others are WAITING.
     *
     * @return the id of the workflow
     * @throws InvalidValueException if a value or a name is wrong: a name that is there twice, a step or group in
     *     {@code after} or {@code fromResult} that does not exist, steps that wait for each other in a circle. Nothing was sent
     * @throws DuplicateTaskException if the id of the workflow or of a step, or a unique key, is taken. Nothing was sent
     * @throws ArgumentTooLargeException if an argument is larger than allowed. Nothing was sent
     * @throws DatabaseUnavailableException if the database does not answer. Nothing was sent
     */
    String start(Workflow workflow);

    /**
     * Adds steps to the workflow of a running task. The steps that wait for that task wait for the added ones as well; a list of the
     * results of its group has theirs at its end. An added step may wait for other added ones. The additions take effect with
     * the caller's transaction, which in a transactional handler is that of the task itself.
     *
     * @param member the context of the running task
     * @param more the steps; a name must not be that of a step of the workflow
     * @return the ids of the added tasks, by step
     * @throws TaskStateException if the task is no step of a workflow, or if the workflow was revoked, or if a step that waits
     *     for the task has been released already, because another node has taken the task over
     * @throws InvalidValueException as for {@link #start}
     */
    Map<String, String> add(TaskContext member, Workflow more);

    /** Finds a workflow with its steps. The result is empty if no workflow has that id. */
    Optional<WorkflowInfo> find(String id);

    /**
     * Returns a page of workflows, newest first.
     *
     * @param limit 1 to 1,000
     * @param cursor the {@link WorkflowPage#next()} of the page before; null for the newest workflows
     */
    WorkflowPage list(int limit, String cursor);

    /**
     * Revokes each step that is not finished, as {@link TaskControl#revoke} does.
     *
     * @return the workflow after the call
     * @throws NotFoundException if no workflow has that id
     * @throws TaskStateException if each step is finished
     */
    WorkflowInfo revoke(String id);

    /**
     * Gives each step that ended in FAILURE or REVOKED one more run. A step that waits for others waits for them again.
     *
     * @return the workflow after the call
     * @throws NotFoundException if no workflow has that id
     * @throws TaskStateException if no step ended so
     * @throws DuplicateTaskException if another task with the unique key of a step is not finished
     */
    WorkflowInfo retry(String id);
}
