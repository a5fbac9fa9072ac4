package dev.errand.store;

import jakarta.persistence.EntityManager;

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

    private static final String DISPLACED = " = :id AND h.%1$s > :from AND h.%1$s <= :to";

    private RunHistory() {}

    static void add(EntityManager em, RunRecord run) {
        em.persist(run);
        int displaced = run.id.run - NEWEST;
        if (displaced > FIRST) {
            int from = Math.max(FIRST, displaced - SLACK);
            delete(
                    em,
                    "DELETE FROM RunRecord h WHERE h.id.taskId" + DISPLACED.formatted("id.run"),
                    run,
                    from,
                    displaced);
            delete(em, "DELETE FROM LogRecord h WHERE h.taskId" + DISPLACED.formatted("run"), run, from, displaced);
        }
    }

    private static void delete(EntityManager em, String statement, RunRecord run, int from, int to) {
        em.createQuery(statement)
                .setParameter("id", run.id.taskId)
                .setParameter("from", from)
                .setParameter("to", to)
                .executeUpdate();
    }
}
