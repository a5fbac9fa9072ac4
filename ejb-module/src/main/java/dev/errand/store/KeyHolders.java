package dev.errand.store;

import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tasks that hold a unique key or an id. The index on the key decides the holder; these searches explain that, and find
 * the task to change. Always in the caller's transaction; locks nothing. Thread-safe.
 */
@ApplicationScoped
public class KeyHolders {
    private static final String SELECT = "SELECT t.id, t.task, t.state, t.live_key, t.unique_until, t.created_at,"
            + " EXISTS (SELECT 1 FROM errand_running g WHERE g.task_id = t.id AND g.run = t.run)"
            + " FROM errand_task t WHERE ";

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    /**
     * The task that holds a key or an id.
     *
     * @param key the unique key that it holds; null if it holds only its id
     * @param uniqueUntil the time until which it keeps the key after SUCCESS; null for no longer
     * @param runs whether it runs, as far as the tables show
     */
    public record Holder(
            String id, String task, TaskState state, String key, Long uniqueUntil, long createdAt, boolean runs) {
        static Holder read(ResultSet row) throws SQLException {
            TaskState state = TaskState.valueOf(row.getString(3));
            return new Holder(
                    row.getString(1),
                    row.getString(2),
                    state,
                    row.getString(4),
                    row.getObject(5, Long.class),
                    row.getLong(6),
                    state == TaskState.STARTED || row.getBoolean(7));
        }
    }

    /** Returns the task that has this id. */
    public Optional<Holder> ofId(String id) {
        return first(jdbc.read(SELECT + "t.id = ?", Holder::read, id));
    }

    /** Returns the task that holds this unique key. A SUCCESS that has held it for long enough loses it here. */
    public Optional<Holder> ofKey(String key, long now) {
        Optional<Holder> holder = first(jdbc.read(SELECT + "t.live_key = ?", Holder::read, key));
        boolean longEnough = holder.filter(found ->
                        found.state() == TaskState.SUCCESS && found.uniqueUntil() != null && found.uniqueUntil() <= now)
                .isPresent();
        if (longEnough) {
            transitions.freeKey(holder.get().id(), now);
            return Optional.empty();
        }
        return holder;
    }

    private static Optional<Holder> first(List<Holder> found) {
        return found.stream().findFirst();
    }
}
