package dev.errand.run;

import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.QueuePlaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of this node that are past their time limit and do not end although they were interrupted: their handlers wait for
 * something that no interrupt ends. Java cannot stop them, but they take no place from other tasks. Thread-safe.
 */
@ApplicationScoped
public class StuckRuns {
    /** The time for a handler to end after its time limit. */
    static final Duration GRACE = Duration.ofSeconds(30);

    @Inject
    Concurrency concurrency;

    @Inject
    QueuePlaces places;

    private final Map<RunningTask, String> stuck = new HashMap<>();
    private volatile List<String> ids = List.of();

    /**
     * Finds the stuck runs among those of this node. To be called once a second.
     *
     * @param all the runs of this node
     */
    public synchronized void watch(Collection<RunningTask> all, long now) {
        boolean changed = false;
        for (RunningTask run : all) {
            if (!stuck.containsKey(run) && run.isStuck(now, GRACE)) {
                stuck.put(run, run.queue());
                places.leave(run.queue());
                LogMessage.STUCK.log(run.task(), run.id(), GRACE);
                changed = true;
            }
        }
        for (RunningTask run : List.copyOf(stuck.keySet())) {
            if (!all.contains(run)) {
                places.enterAgain(stuck.remove(run));
                LogMessage.STUCK_ENDED.log(run.task(), run.id());
                changed = true;
            }
        }
        if (changed) {
            ids = stuck.keySet().stream().map(RunningTask::id).sorted().toList();
            concurrency.stuck(stuck.size());
        }
    }

    /** Returns the ids of the stuck runs. */
    public List<String> ids() {
        return ids;
    }
}
