package dev.errand.store;

import dev.errand.api.TaskFilter;

/** The indexes of lists. Each has the tasks of a state, newest first. */
enum ListIndex {
    STATE(null),
    TASK("t.task"),
    QUEUE("t.queue");

    private final String column;

    ListIndex(String column) {
        this.column = column;
    }

    /** The one for a filter without a task, or without a queue. */
    static ListIndex of(TaskFilter filter) {
        if (filter.task() != null) {
            return TASK;
        }
        return filter.queue() != null ? QUEUE : STATE;
    }

    /** The column that it has before the state; null for none. */
    String column() {
        return column;
    }

    String hint(Dialect dialect) {
        return dialect.index(
                switch (this) {
                    case STATE -> dialect.newest();
                    case TASK -> "errand_task_by_task";
                    case QUEUE -> "errand_task_by_queue";
                });
    }

    /** With the columns with which the index begins: without them H2 does not see that it has the order. */
    String newestFirst() {
        return " ORDER BY " + (column == null ? "" : column + ", ") + "t.state, " + ListSql.NEWEST_FIRST;
    }
}
