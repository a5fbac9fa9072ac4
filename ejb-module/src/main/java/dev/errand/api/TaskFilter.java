package dev.errand.api;

/**
 * A selection of tasks to list: {@code TaskFilter.all().state(TaskState.FAILURE).limit(100)}. Immutable; null means any.
 *
 * @param workflow the id of a workflow: its steps are listed
 * @param limit the largest number of tasks in a page, 1 to 1,000; default 50
 * @param cursor the {@link TaskPage#next()} of the previous page; null for the newest tasks
 */
public record TaskFilter(TaskState state, String task, String queue, String workflow, int limit, String cursor) {

    /** The default of {@link #limit()}. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 1_000;

    public TaskFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit", "limit " + limit + " is not between 1 and " + MAX_LIMIT + ".");
        }
    }

    /** Creates a filter of tasks in any workflow or none. */
    public TaskFilter(TaskState state, String task, String queue, int limit, String cursor) {
        this(state, task, queue, null, limit, cursor);
    }

    public static TaskFilter all() {
        return new TaskFilter(null, null, null, null, DEFAULT_LIMIT, null);
    }

    public TaskFilter state(TaskState state) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }

    public TaskFilter task(String task) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }

    public TaskFilter queue(String queue) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }

    public TaskFilter workflow(String workflow) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }

    public TaskFilter limit(int limit) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }

    public TaskFilter cursor(String cursor) {
        return new TaskFilter(state, task, queue, workflow, limit, cursor);
    }
}
