package dev.errand.store;

/**
 * The runs before the last one, as they are added: of a task that is retried without limit, the first and the newest stay, and
 * the one that the new one displaces goes, with its log lines. Nothing is counted and nothing is read.
 */
final class RunHistory {
    /** The first runs show how it began. */
    static final int FIRST = 10;

    static final int NEWEST = 90;

    /** A node that stops adds its runs by itself: those that one would have displaced go with the next. */
    private static final int SLACK = 10;

    /** For {@link NodeRelease}, too. */
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

    /** The parameters of {@link #INSERT}. */
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
