package dev.errand.store;

import dev.errand.config.ErrandConfig;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds the queues with due tasks of this node's application, whether or not they have a row in errand_queue, and those
 * with tasks whose application is unknown. Tasks of other applications are not read. Always in the caller's
 * transaction. Thread-safe.
 */
@ApplicationScoped
public class DueFinder {
    /** The time between two searches for tasks of an unknown application: there are few, and each search costs. */
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Inject
    Jdbc jdbc;

    @Inject
    QueueGate gate = QueueGate.ALL;

    private String application = "";
    private DueSearch own = new DueSearch("");
    private final DueSearch unknown = new DueSearch("");
    private volatile Seen seen;

    private record Seen(Due due, long nanoTime) {
        boolean isOld(long now) {
            return System.nanoTime() - nanoTime >= UNKNOWN_NANOS
                    || !due.turns().isEmpty()
                    || due.later().isPresent() && due.later().getAsLong() <= now;
        }
    }

    @Inject
    void of(ErrandConfig config) {
        of(config.application());
    }

    DueFinder of(String name) {
        application = name;
        own = new DueSearch(name);
        return this;
    }

    /** Returns the applications whose tasks are searched; '' for tasks whose application is unknown. */
    Set<String> applications() {
        return application.isEmpty() ? Set.of("") : Set.of(application, "");
    }

    /**
     * Finds the queues with due tasks.
     *
     * @param later whether to find the next wake-up as well
     */
    public Due look(long now, boolean later) {
        Due mine = own.look(jdbc, gate, now, later);
        return application.isEmpty() ? mine : mine.and(unknown(now));
    }

    private Due unknown(long now) {
        Seen last = seen;
        if (last == null || last.isOld(now)) {
            last = new Seen(unknown.look(jdbc, gate, now, true), System.nanoTime());
            seen = last;
            return last.due();
        }
        return new Due(List.of(), last.due().later());
    }

    /** Notes that no more tasks can be locked in that queue. Searches skip it until they find new tasks in it. */
    public void emptied(DueQueue queue) {
        (queue.application().equals(application) ? own : unknown).emptied(queue);
    }
}
