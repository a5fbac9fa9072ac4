package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.NodeSettings;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes that share the tables, and the application of each task. In the caller's transaction, or in one of its own if
 * there is none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class NodeRecords {
    private static final String COLUMNS =
            "node, server, application, version, role, handlers, queues, concurrency, running, started_at, seen_at,"
                    + " serves, serves_not, stuck";
    private static final String UPDATE = "UPDATE errand_node SET server = ?, application = ?, version = ?, role = ?,"
            + " handlers = ?, queues = ?, concurrency = ?, running = ?, started_at = ?, seen_at = ?,"
            + " serves = ?, serves_not = ?, stuck = ? WHERE node = ?";
    private static final String INSERT =
            "INSERT INTO errand_node (server, application, version, role, handlers, queues,"
                    + " concurrency, running, started_at, seen_at, serves, serves_not, stuck, node)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SENDER = "sender";
    private static final String WORKER = "worker";

    @Inject
    Jdbc jdbc;

    /**
     * The claim of an application to a task.
     *
     * @param movedFrom the applications that had the task, while some of its waiting tasks are still theirs
     */
    public record Claim(String task, String application, List<String> movedFrom) {}

    /** Returns the application of each task that was ever deployed. */
    public Map<String, Claim> claims() {
        Map<String, Claim> claims = new HashMap<>();
        jdbc.read("SELECT task, application, moved_from FROM errand_handler", NodeRecords::claim)
                .forEach(claim -> claims.put(claim.task(), claim));
        return claims;
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(row.getString(1), row.getString(2), words(row.getString(3)));
    }

    /** Returns the application of a task; empty if it was never deployed. */
    public Optional<String> application(String task) {
        return jdbc
                .read("SELECT application FROM errand_handler WHERE task = ?", row -> row.getString(1), task)
                .stream()
                .findFirst();
    }

    /**
     * Claims tasks for an application.
     *
     * @param found the claims that the caller has read; the task then moves here from another application
     * @return false if another application has claimed one of the tasks in the meantime; the caller reads the claims again
     */
    public boolean claim(String application, Collection<String> tasks, Map<String, Claim> found, long now) {
        boolean all = true;
        for (String task : tasks) {
            Claim claim = found.get(task);
            if (claim == null) {
                all &= jdbc.insertNew(
                        "INSERT INTO errand_handler (task, application, claimed_at) VALUES (?, ?, ?)",
                        task,
                        application,
                        now);
            } else if (!claim.application().equals(application)) {
                List<String> from = new ArrayList<>(claim.movedFrom());
                from.remove(application);
                from.add(claim.application());
                all &= jdbc.update(
                                "UPDATE errand_handler SET application = ?, claimed_at = ?, moved_from = ?"
                                        + " WHERE task = ? AND application = ?",
                                application,
                                now,
                                String.join(" ", from),
                                task,
                                claim.application())
                        == 1;
            }
        }
        return all;
    }

    /** Notes that no task waits any more in the applications that had this task. */
    public void moved(Claim claim) {
        jdbc.update(
                "UPDATE errand_handler SET moved_from = NULL WHERE task = ? AND application = ? AND moved_from = ?",
                claim.task(),
                claim.application(),
                String.join(" ", claim.movedFrom()));
    }

    /** Returns the nodes by name, also those that are dead, and without those that have stopped in order. */
    public List<NodeRow> nodes() {
        return jdbc.read(
                "SELECT " + COLUMNS + " FROM errand_node WHERE started_at > 0 ORDER BY node", NodeRecords::node);
    }

    /** Returns what an administrator has set for a node; empty if there is no row. */
    public Optional<NodeSettings> settings(String node) {
        return jdbc
                .read(
                        "SELECT wanted, wanted_queues FROM errand_node WHERE node = ?",
                        row -> {
                            int wanted = row.getInt(1);
                            Integer concurrency = row.wasNull() ? null : wanted;
                            String queues = row.getString(2);
                            return new NodeSettings(concurrency, queues == null ? null : words(queues));
                        },
                        node)
                .stream()
                .findFirst();
    }

    /**
     * Replaces what an administrator has set for a node, which reads it within seconds, and after each restart.
     *
     * @return false if there is no such node
     */
    public boolean configure(String node, NodeSettings settings, String by, long now) {
        String queues = settings.queues() == null ? null : String.join(" ", settings.queues());
        boolean found = jdbc.update(
                        "UPDATE errand_node SET wanted = ?, wanted_queues = ? WHERE node = ? AND started_at > 0",
                        settings.concurrency(),
                        queues,
                        node)
                == 1;
        if (found) {
            jdbc.update(
                    "INSERT INTO errand_audit (id, at, who, action, node) VALUES (?, ?, ?, ?, ?)",
                    AuditRecord.ofNode(node, AuditAction.SET, by, now).id,
                    now,
                    by,
                    AuditAction.SET.name(),
                    node);
        }
        return found;
    }

    private static NodeRow node(ResultSet row) throws SQLException {
        return new NodeRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                SENDER.equals(row.getString(5)),
                words(row.getString(6)),
                words(row.getString(7)),
                row.getInt(8),
                row.getInt(9),
                row.getLong(10),
                row.getLong(11),
                new ServedQueues(
                        row.getString(12) == null ? null : Set.copyOf(words(row.getString(12))),
                        Set.copyOf(words(row.getString(13)))),
                words(row.getString(14)));
    }

    private static List<String> words(String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** Returns whether a live node has a handler for the task. */
    public boolean isRunnable(String task, long now) {
        return nodes().stream()
                .anyMatch(node ->
                        node.isLive(now) && !node.sender() && node.handlers().contains(task));
    }

    /** Writes the row of a node that starts. The settings of an administrator for it stay. */
    public void register(NodeRow node) {
        ServedQueues served = node.served();
        List<Object> values = Arrays.asList(
                node.server(),
                node.application(),
                node.version(),
                node.sender() ? SENDER : WORKER,
                // names have no blanks
                String.join(" ", node.handlers()),
                String.join(" ", node.queues()),
                node.concurrency(),
                node.running(),
                node.startedAt(),
                node.seenAt(),
                served.only() == null ? null : String.join(" ", new TreeSet<>(served.only())),
                served.except().isEmpty() ? null : String.join(" ", new TreeSet<>(served.except())),
                node.stuck().isEmpty() ? null : String.join(" ", node.stuck()),
                node.node());
        if (jdbc.update(UPDATE, values.toArray()) == 0) {
            jdbc.insertNew(INSERT, values.toArray());
        }
    }

    /**
     * Notes that a node lives.
     *
     * @return false if its row is gone, or is that of another node with the same name
     */
    public boolean seen(String node, long startedAt, int concurrency, int running, long now) {
        return jdbc.update(
                        "UPDATE errand_node SET concurrency = ?, running = ?, seen_at = ? WHERE node = ? AND started_at = ?",
                        concurrency,
                        running,
                        now,
                        node,
                        startedAt)
                == 1;
    }

    /**
     * Deletes the rows of nodes that are dead for long.
     *
     * @param wantedBefore the same for a node for which an administrator has set something
     */
    public void forget(long seenBefore, long wantedBefore) {
        jdbc.update(
                "DELETE FROM errand_node WHERE seen_at < ? AND (wanted IS NULL AND wanted_queues IS NULL OR seen_at < ?)",
                seenBefore,
                wantedBefore);
    }
}
