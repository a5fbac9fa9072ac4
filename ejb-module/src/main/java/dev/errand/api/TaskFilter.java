package dev.errand.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A selection of tasks to list: {@code TaskFilter.all().state(TaskState.FAILURE).limit(100)}. Immutable; null means any. Only
 * {@code state} has an index: for the other filters, a page looks at no more than 50,000 tasks.
 *
 * @param limit the largest number of tasks in a page, 1 to 1,000; default 50
 * @param cursor the {@link TaskPage#next()} of the previous page; null for the newest tasks
 * @param id the beginning of the id
 * @param title a part of the title; upper and lower case differ
 * @param tags tags that the task has, all of them; never null
 * @param schedule the name of the schedule that has sent the task
 */
public record TaskFilter(
        TaskState state,
        String task,
        String queue,
        int limit,
        String cursor,
        String id,
        String title,
        List<String> tags,
        String schedule) {

    /** The default of {@link #limit()}. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 1_000;

    public TaskFilter {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit", "limit " + limit + " is not between 1 and " + MAX_LIMIT + ".");
        }
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /** Creates a filter without the later conditions. */
    public TaskFilter(TaskState state, String task, String queue, int limit, String cursor) {
        this(state, task, queue, limit, cursor, null, null, null, null);
    }

    public static TaskFilter all() {
        return new TaskFilter(null, null, null, DEFAULT_LIMIT, null);
    }

    /** The values of a changed copy. */
    private static final class Draft {
        private TaskState state;
        private String task;
        private String queue;
        private int limit;
        private String cursor;
        private String id;
        private String title;
        private List<String> tags;
        private String schedule;

        Draft(TaskFilter filter) {
            state = filter.state;
            task = filter.task;
            queue = filter.queue;
            limit = filter.limit;
            cursor = filter.cursor;
            id = filter.id;
            title = filter.title;
            tags = filter.tags;
            schedule = filter.schedule;
        }

        TaskFilter filter() {
            return new TaskFilter(state, task, queue, limit, cursor, id, title, tags, schedule);
        }
    }

    private TaskFilter with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.filter();
    }

    public TaskFilter state(TaskState state) {
        return with(draft -> draft.state = state);
    }

    public TaskFilter task(String task) {
        return with(draft -> draft.task = task);
    }

    public TaskFilter queue(String queue) {
        return with(draft -> draft.queue = queue);
    }

    public TaskFilter limit(int limit) {
        return with(draft -> draft.limit = limit);
    }

    public TaskFilter cursor(String cursor) {
        return with(draft -> draft.cursor = cursor);
    }

    /** Selects tasks whose id begins so. */
    public TaskFilter id(String beginning) {
        return with(draft -> draft.id = beginning);
    }

    /** Selects tasks whose title contains this text; upper and lower case differ. */
    public TaskFilter title(String part) {
        return with(draft -> draft.title = part);
    }

    /** Adds a tag that the tasks have. */
    public TaskFilter tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(Checks.present("tag", tag));
        return with(draft -> draft.tags = all);
    }

    /** Selects tasks that this schedule has sent. */
    public TaskFilter schedule(String name) {
        return with(draft -> draft.schedule = name);
    }
}
