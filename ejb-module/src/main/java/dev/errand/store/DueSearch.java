package dev.errand.store;

import dev.errand.store.database.Jdbc;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the queues with due tasks of one application. The cost depends on the number of due tasks, not on the number of
 * queues: a search by time shows all due tasks, unless there is a {@link Backlog}. Thread-safe.
 */
final class DueSearch {
    private static final long ALL = -1;

    private final String application;
    private final Backlog backlog;

    DueSearch(String application) {
        this.application = application;
        this.backlog = new Backlog(application, System::nanoTime);
    }

    /**
     * Finds the queues with due tasks.
     *
     * @param gate the queues to search in
     * @param later whether to find the next wake-up as well
     */
    Due look(Jdbc jdbc, QueueGate gate, long now, boolean later) {
        DueSql sql = new DueSql(jdbc, application, gate);
        if (backlog.isUncertain()) {
            List<WakeUp> first = sql.first(ALL);
            if (first.size() < DueSql.FEW || first.get(first.size() - 1).at() > now) {
                backlog.ends();
                return new Due(turns(first, now), later ? next(first, now) : OptionalLong.empty());
            }
            backlog.begins();
        }
        // a kept walk may have found queues that are closed by now
        List<Turn> turns = backlog(sql, now).stream()
                .map(turn -> turn.only(gate))
                .filter(turn -> !turn.queues().isEmpty())
                .toList();
        return new Due(turns, later ? next(sql.first(now), now) : OptionalLong.empty());
    }

    /** Notes that no more tasks can be locked in that queue. */
    void emptied(DueQueue queue) {
        backlog.emptied(queue);
    }

    private List<Turn> backlog(DueSql sql, long now) {
        Set<String> paused = Set.of();
        if (!backlog.refresh(now, sql::walk)) {
            backlog.seen(sql.first(backlog.seenTo()), now);
            paused = sql.paused();
        }
        List<Turn> turns = backlog.turns(now, paused);
        if (turns.isEmpty()) {
            backlog.ends();
        }
        return turns;
    }

    private List<Turn> turns(Collection<WakeUp> wakeUps, long now) {
        return Turn.of(
                application,
                wakeUps.stream()
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
}
