package dev.errand.store;

import dev.errand.store.database.Jdbc;

/**
 * The runs before the last one, as they are added. For a task that is retried without limit, the first and the newest
 * runs stay. Each new run displaces one, which is deleted with its log lines. That needs no count and reads no row.
 */
final class RunHistory {
    /** The number of first runs that stay, to show how the problem began. */
    static final int FIRST = 10;

    static final int NEWEST = 90;

    /**
     * The number of runs by which a node that stops may exceed the limit: it only inserts its runs, and the next
     * addition deletes the displaced ones.
     */
    private static final int SLACK = 10;

    /** The INSERT of a run, also for {@link NodeRelease}. */
    static final String INSERT = "INSERT INTO errand_run (task_id, run, state, node, started_at, finished_at,"
            + " error_type, error_message, error_trace) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String DISPLACED = " WHERE task_id = ? AND run > ? AND run <= ?";

    private RunHistory() {}

    static void add(Jdbc jdbc, RunRecord run) {
        jdbc.update(INSERT, values(run));
        int displaced = run.id.run - NEWEST;
        if (displaced > FIRST) {
            int from = Math.max(FIRST, displaced - SLACK);
            jdbc.update("DELETE FROM errand_run" + DISPLACED, run.id.taskId, from, displaced);
            jdbc.update("DELETE FROM errand_log" + DISPLACED, run.id.taskId, from, displaced);
        }
    }

    /** Returns the parameters of {@link #INSERT}. */
    static Object[] values(RunRecord run) {
        return new Object[] {
            run.id.taskId,
            run.id.run,
            run.state.name(),
            run.node,
            run.startedAt,
            run.finishedAt,
            run.errorType,
            run.errorMessage,
            run.errorTrace
        };
    }

    static boolean has(Jdbc jdbc, String id, int run) {
        return !jdbc.read("SELECT run FROM errand_run WHERE task_id = ? AND run = ?", row -> row.getInt(1), id, run)
                .isEmpty();
    }
}
