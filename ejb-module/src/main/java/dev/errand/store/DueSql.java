package dev.errand.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How to ask each database for what is due: by twenty short looks into the index a queue, however many records wait. One index
 * cannot give both the highest priority and the earliest time, but within one queue and one priority it gives the time.
 */
final class DueSql {
    private static final String FIRST =
            "(SELECT t.wake_at FROM errand_task t WHERE t.queue = q.name AND t.priority = p.n AND t.wake_at %s ?1"
                    + Dialect.ORDER + " LIMIT 1)";
    private static final String PROBE = "SELECT q.name, p.n, " + FIRST.formatted("<=") + ", " + FIRST.formatted(">")
            + " FROM errand_queue q CROSS JOIN ("
            + priorities().mapToObj(n -> "SELECT " + n + " AS n").collect(Collectors.joining(" UNION ALL "))
            + ") p WHERE q.paused = FALSE";

    private static final String MIN =
            "(SELECT MIN(t.wake_at) FROM errand_task t WHERE t.queue = ?%1$d AND t.priority = %2$d AND t.wake_at %3$s ?1)";

    private final boolean mariaDb;

    DueSql(Dialect dialect) {
        mariaDb = dialect == Dialect.MARIADB;
    }

    /** Queue, priority, the first wake-up that has come, the first that has not. */
    List<?> probe(EntityManager em, long now) {
        if (!mariaDb) {
            return em.createNativeQuery(PROBE).setParameter(1, now).getResultList();
        }
        // for a queue that it does not know beforehand, MariaDB reads on through all that is over, or due, to the first
        // hit
        List<String> queues = em.createQuery("SELECT q.name FROM QueueRecord q WHERE q.paused = FALSE", String.class)
                .getResultList();
        if (queues.isEmpty()) {
            return List.of();
        }
        Query query = em.createNativeQuery(IntStream.range(0, queues.size())
                        .mapToObj(i -> priorities().mapToObj(n -> minimum(i + 2, n)))
                        .flatMap(minimum -> minimum)
                        .collect(Collectors.joining(" UNION ALL ")))
                .setParameter(1, now);
        for (int i = 0; i < queues.size(); i++) {
            query.setParameter(i + 2, queues.get(i));
        }
        return query.getResultList();
    }

    private static String minimum(int queue, int priority) {
        return "SELECT ?" + queue + ", " + priority + ", " + MIN.formatted(queue, priority, "<=") + ", "
                + MIN.formatted(queue, priority, ">");
    }

    private static IntStream priorities() {
        return IntStream.rangeClosed(0, 9);
    }
}
