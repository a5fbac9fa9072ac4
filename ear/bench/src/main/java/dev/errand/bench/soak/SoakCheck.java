package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakEnded.Task;
import dev.errand.bench.soak.SoakFaults.Fault;
import dev.errand.bench.soak.SoakFaults.Kind;
import dev.errand.bench.soak.SoakLoad.Refusal;
import dev.errand.it.database.Database;
import dev.errand.it.database.H2File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The facts that must hold after a soak, when no task waits any more. */
final class SoakCheck {
    private static final int SHOWN = 10;

    /** The pruner comes each minute, on each node; one that is away comes later. */
    private static final Duration PRUNED_WITHIN = Duration.ofMinutes(3);

    private final Database database;
    private final SoakLoad load;
    private final SoakEnded ended;
    private final List<Fault> faults;
    private final List<String> problems = new ArrayList<>();

    SoakCheck(Database database, SoakLoad load, SoakEnded ended, List<Fault> faults) {
        this.database = database;
        this.load = load;
        this.ended = ended;
        this.faults = faults;
    }

    /** Whether nothing waits and nothing runs. */
    static boolean isQuiet(Database database) {
        return database.select("SELECT 1 FROM errand_task WHERE state NOT IN ('SUCCESS', 'FAILURE', 'REVOKED') LIMIT 1")
                        .isEmpty()
                && database.select("SELECT 1 FROM errand_running").isEmpty();
    }

    /** @param keep how long finished tasks are kept */
    List<String> problems(Duration keep) throws SQLException {
        Map<String, Task> tasks = ended.tasks();
        found("acknowledged, and never ended", load.acknowledged().stream().filter(id -> !tasks.containsKey(id)));
        found("changed after they were finished", ended.changed().entrySet().stream());
        found("ended otherwise than they should", tasks.entrySet().stream().filter(entry -> {
            Task task = entry.getValue();
            return !task.kind().hasEndedWell(task.state(), task.retries(), task.error());
        }));
        Map<String, List<String>> ledger = ledger();
        found(
                "have not written what they should, once",
                tasks.entrySet().stream()
                        .filter(entry -> !entry.getValue()
                                .kind()
                                .hasWrittenWell(
                                        entry.getValue().state(), ledger.getOrDefault(entry.getKey(), List.of())))
                        .map(entry -> entry + " wrote " + ledger.get(entry.getKey())));
        found("written by tasks that never ended", ledger.keySet().stream().filter(id -> !tasks.containsKey(id)));
        found(
                "answers that no sender should get",
                load.unexpected().stream()
                        .filter(refusal -> faults.stream().noneMatch(fault -> explains(fault, refusal))));
        found("not whole bursts", load.bursts().entrySet().stream().filter(burst -> !isWhole(burst)));
        found(
                "still live",
                database.select(
                        "SELECT concat_ws(' ', id, state, run, retries, wake_at, node)"
                                + " FROM errand_task WHERE state NOT IN ('SUCCESS', 'FAILURE', 'REVOKED') OR wake_at IS NOT NULL"));
        found("said to run", database.select("SELECT task_id FROM errand_running"));
        found(
                "log lines of tasks that are pruned",
                database.select("SELECT DISTINCT task_id FROM errand_log l"
                        + " WHERE NOT EXISTS (SELECT 1 FROM errand_task t WHERE t.id = l.task_id)"));
        found(
                "runs of tasks that are pruned",
                database.select("SELECT DISTINCT task_id FROM errand_run r"
                        + " WHERE NOT EXISTS (SELECT 1 FROM errand_task t WHERE t.id = r.task_id)"));
        long prunedBefore =
                System.currentTimeMillis() - keep.plus(PRUNED_WITHIN).toMillis();
        if (database instanceof H2File file) {
            found("entries in which rows and indexes differ", file.differencesOfIndexes("errand_task"));
        }
        found("not pruned", database.select("SELECT id FROM errand_task WHERE finished_at < " + prunedBefore));
        return problems;
    }

    /**
     * A server that takes the application away does not wait for requests, and takes away what would answer 503, too. A server
     * that stops takes its datasource away; the load's servlet passes on that the task was not sent.
     */
    private static boolean explains(Fault fault, Refusal refusal) {
        return (fault.kind() == Kind.REDEPLOYED || fault.kind() == Kind.STOPPED)
                && refusal.said().equals("500")
                && refusal.at() >= fault.begin()
                && refusal.at() <= fault.end();
    }

    private boolean isWhole(Map.Entry<String, Boolean> burst) {
        long there = ended.tasks().values().stream()
                .filter(task -> task.queue().equals(burst.getKey()))
                .count();
        boolean acknowledged = burst.getValue();
        return there == SoakLoad.BURST || there == 0 && !acknowledged;
    }

    private Map<String, List<String>> ledger() throws SQLException {
        Map<String, List<String>> notes = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT task, note FROM it_ledger ORDER BY line")) {
            while (row.next()) {
                notes.computeIfAbsent(row.getString(1), id -> new ArrayList<>()).add(row.getString(2));
            }
        }
        return notes;
    }

    private void found(String what, Stream<?> those) {
        found(what, those.map(String::valueOf).toList());
    }

    private void found(String what, Collection<String> those) {
        if (!those.isEmpty()) {
            problems.add(those.size() + " " + what + ": "
                    + those.stream().limit(SHOWN).toList());
        }
    }
}
