package dev.errand.run;

import dev.errand.queue.Runs;
import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The runs on this node. Thread-safe. */
@ApplicationScoped
public class RunningTasks implements Runs {
    private final Map<String, RunningTask> running = new ConcurrentHashMap<>();

    void add(RunningTask run) {
        running.put(run.id(), run);
    }

    void remove(RunningTask run) {
        running.remove(run.id(), run);
    }

    @Override
    public boolean isRunning(String id) {
        return running.containsKey(id);
    }

    public Optional<RunningTask> find(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /**
     * Returns whether this run of the task is running on this node. The server may have ended its transaction before
     * the handler ends.
     */
    public boolean has(TaskRecord record) {
        return find(record.id()).filter(run -> run.run() == record.run()).isPresent();
    }

    public Collection<RunningTask> all() {
        return List.copyOf(running.values());
    }
}
