package dev.errand.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Locks due tasks of a turn, the longest due of each queue first; tasks that another transaction has locked are skipped. A
 * condition more, and PostgreSQL might take another index than that for it, and read all that waits.
 */
final class DueLock {
    private static final String ONE =
            " WHERE t.queue = ? AND t.priority = ? AND t.wake_at <= ?%s LIMIT ? FOR UPDATE SKIP LOCKED";

    /** The names of queues have no blanks. */
    private static final String MANY = "SELECT t.* FROM unnest(string_to_array(?, ' ')) AS q(name) CROSS JOIN LATERAL"
            + " (%s WHERE t.queue = q.name AND t.priority = ? AND t.wake_at <= ?" + Dialect.ORDER
            + " LIMIT ? FOR UPDATE SKIP LOCKED) t";

    private final Dialect dialect;
    private final DueFinder finder;
    private final String select;

    /** @param select the columns of {@code errand_task t}, from SELECT to FROM */
    DueLock(Dialect dialect, DueFinder finder, String select) {
        this.dialect = dialect;
        this.finder = finder;
        this.select = select;
    }

    /**
     * @param room for all that share it
     * @param read runs a statement
     */
    <T> List<T> lock(
            Turn turn, long now, int room, BiFunction<String, Object[], List<T>> read, Function<T, String> queue) {
        int each = turn.each(room);
        List<String> queues = turn.queues(room);
        List<T> locked = new ArrayList<>();
        if (dialect == Dialect.POSTGRESQL && queues.size() > 1) {
            Object[] values = {String.join(" ", queues), turn.priority(), now, each};
            locked.addAll(read.apply(MANY.formatted(select + "errand_task t"), values));
        } else {
            String one = select + "errand_task t" + dialect.index("errand_task_due") + ONE.formatted(dialect.order());
            for (String name : queues) {
                locked.addAll(read.apply(one, new Object[] {name, turn.priority(), now, each}));
            }
        }
        Map<String, Long> found = locked.stream().collect(Collectors.groupingBy(queue, Collectors.counting()));
        queues.stream()
                .filter(name -> found.getOrDefault(name, 0L) < each)
                .forEach(name -> finder.emptied(new DueQueue(name, turn.priority())));
        return locked;
    }
}
