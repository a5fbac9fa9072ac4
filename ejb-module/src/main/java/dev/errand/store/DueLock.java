package dev.errand.store;

import dev.errand.store.database.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Locks due tasks of a turn, in each queue those that have been due for longest. Tasks that another transaction has
 * locked are skipped. The statement has no further condition: PostgreSQL might choose another index for it, and read
 * all waiting tasks.
 */
final class DueLock {
    /** The range of due tasks. Without the lower bound, H2 reads all finished tasks. */
    private static final String RANGE = " AND t.priority = ? AND t.wake_at >= 0 AND t.wake_at <= ?";

    private static final String ONE =
            " WHERE t.application = ? AND t.queue = ?" + RANGE + "%s LIMIT ? FOR UPDATE SKIP LOCKED";

    /**
     * The statement for many queues, whose names contain no blanks. The last limit ends the statement before it locks
     * more tasks.
     */
    private static final String MANY = "SELECT t.* FROM unnest(string_to_array(?, ' ')) AS q(name) CROSS JOIN LATERAL"
            + " (%s WHERE t.application = ? AND t.queue = q.name" + RANGE + Dialect.ORDER
            + " LIMIT ? FOR UPDATE SKIP LOCKED) t LIMIT ?";

    private final Dialect dialect;
    private final DueFinder finder;
    private final String select;

    /**
     * Creates the statements.
     *
     * @param select the columns of {@code errand_task t}, from SELECT to FROM
     */
    DueLock(Dialect dialect, DueFinder finder, String select) {
        this.dialect = dialect;
        this.finder = finder;
        this.select = select;
    }

    /**
     * Locks tasks until the room is full or all queues of the turn were tried.
     *
     * @param read runs a statement
     */
    <T> List<T> lock(
            Turn turn, long now, int room, BiFunction<String, Object[], List<T>> read, Function<T, String> queue) {
        List<T> locked = new ArrayList<>();
        int each = turn.each(room);
        if (dialect == Dialect.POSTGRESQL && turn.queues().size() > 1) {
            String names = String.join(" ", turn.queues());
            locked.addAll(read.apply(
                    MANY.formatted(select + "errand_task t"),
                    new Object[] {names, turn.application(), turn.priority(), now, each, room}));
            forgetEmptied(
                    turn, each, locked.size() < room, locked.stream().map(queue).toList());
            return locked;
        }
        String one = select + "errand_task t" + dialect.index("errand_task_due") + ONE.formatted(dialect.order());
        for (int i = 0; i < turn.queues().size() && locked.size() < room; i++) {
            int limit = Math.min(each, room - locked.size());
            List<T> some = read.apply(
                    one, new Object[] {turn.application(), turn.queues().get(i), turn.priority(), now, limit});
            if (some.size() < limit) {
                finder.emptied(new DueQueue(turn.application(), turn.queues().get(i), turn.priority()));
            }
            locked.addAll(some);
        }
        return locked;
    }

    /**
     * Notes which queues had fewer tasks than were requested.
     *
     * @param all whether all queues were tried; otherwise the queues after the last one with a locked task were not
     */
    private void forgetEmptied(Turn turn, int each, boolean all, List<String> locked) {
        Map<String, Integer> found = new HashMap<>();
        locked.forEach(name -> found.merge(name, 1, Integer::sum));
        List<String> queues = turn.queues();
        int tried = all || locked.isEmpty() ? queues.size() : queues.indexOf(locked.get(locked.size() - 1));
        queues.subList(0, tried).stream()
                .filter(name -> found.getOrDefault(name, 0) < each)
                .forEach(name -> finder.emptied(new DueQueue(turn.application(), name, turn.priority())));
    }
}
