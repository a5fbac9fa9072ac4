package dev.errand.store;

import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the queues with due tasks, whether or not they have a row in errand_queue. The cost depends on the number of
 * due tasks, not on the number of queues: a search by time shows all due tasks, unless there is a {@link Backlog}.
 * Always in the caller's transaction. Thread-safe.
 */
@ApplicationScoped
public class DueFinder {
    private static final long ALL = -1;

    @Inject
    Jdbc jdbc;

    private final Backlog backlog = new Backlog(System::nanoTime);

    /**
     * Finds the queues with due tasks.
     *
     * @param later whether to find the next wake-up as well
     */
    public Due look(long now, boolean later) {
        if (backlog.isUncertain()) {
            List<WakeUp> first = sql().first(ALL);
            if (first.size() < DueSql.FEW || first.get(first.size() - 1).at() > now) {
                backlog.ends();
                return new Due(turns(first, now), later ? next(first, now) : OptionalLong.empty());
            }
            backlog.begins();
        }
        List<Turn> turns = backlog(now);
        return new Due(turns, later ? next(sql().first(now), now) : OptionalLong.empty());
    }

    /** Notes that no more tasks can be locked in that queue. Searches skip it until they find new tasks in it. */
    public void emptied(DueQueue queue) {
        backlog.emptied(queue);
    }

    private List<Turn> backlog(long now) {
        Set<String> paused = Set.of();
        if (!backlog.refresh(now, sql()::walk)) {
            backlog.seen(sql().first(backlog.seenTo()), now);
            paused = sql().paused();
        }
        List<Turn> turns = backlog.turns(now, paused);
        if (turns.isEmpty()) {
            backlog.ends();
        }
        return turns;
    }

    private static List<Turn> turns(Collection<WakeUp> wakeUps, long now) {
        return Turn.of(wakeUps.stream()
                .filter(wakeUp -> wakeUp.due(now))
                .map(WakeUp::queue)
                .collect(Collectors.toSet()));
    }

    /**
     * Returns the time of the next search. If only paused queues are in sight, it is the end of that range: the search
     * after it sees further.
     */
    private static OptionalLong next(List<WakeUp> wakeUps, long now) {
        OptionalLong next = wakeUps.stream()
                .filter(wakeUp -> wakeUp.at() > now && !wakeUp.paused())
                .mapToLong(WakeUp::at)
                .findFirst();
        return next.isEmpty() && wakeUps.size() == DueSql.FEW
                ? OptionalLong.of(wakeUps.get(wakeUps.size() - 1).at())
                : next;
    }

    private DueSql sql() {
        return new DueSql(jdbc);
    }
}
