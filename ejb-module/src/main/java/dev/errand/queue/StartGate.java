package dev.errand.queue;

import dev.errand.api.TaskState;
import dev.errand.config.ErrandConfig;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.QueueGate;
import dev.errand.store.ServedQueues;
import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * The decision whether a task may start on this node: the node serves its queue, its name is not paused, and its queue has a
 * place. Thread-safe.
 */
@ApplicationScoped
public class StartGate implements QueueGate {
    /** A gate that lets all pass, for an engine without a database. */
    public static final StartGate OPEN = new StartGate();

    @Inject
    Switches switches = Switches.OFF;

    @Inject
    QueuePlaces places = QueuePlaces.OPEN;

    private volatile boolean holding;
    private volatile String node = "";
    private volatile ServedQueues configured = ServedQueues.ALL;
    private volatile ServedQueues served = ServedQueues.ALL;

    @Inject
    void of(ErrandConfig config) {
        node = config.node();
        configured = new ServedQueues(config.queues(), config.queuesExcept());
        served = configured;
    }

    /** Returns the queues that this node serves. */
    public ServedQueues served() {
        return served;
    }

    /**
     * Changes the queues that this node serves.
     *
     * @param next null for those of its configuration
     * @return whether that is a change
     */
    public boolean serve(ServedQueues next) {
        ServedQueues before = served;
        served = next == null ? configured : next;
        return !served.equals(before);
    }

    public boolean serves(String queue) {
        return served.has(queue, node);
    }

    @Override
    public boolean opens(String queue) {
        return serves(queue) && places.room(queue) > 0;
    }

    /** Reads what is set, if it is old. To be called before a transaction, which then needs no second connection. */
    public void prepare() {
        switches.current();
    }

    /** Returns whether the last search of this node has held tasks, so that the next one looks for many. */
    public boolean holding() {
        return holding;
    }

    public void holding(boolean some) {
        holding = some;
    }

    /** Returns whether a task waits because its name is paused. */
    public boolean holds(String task, String id) {
        return switches.current().holds(task, id);
    }

    /** Returns whether a name is paused. */
    public boolean isHeld(String task) {
        return switches.recent().holds().containsKey(task);
    }

    /** Returns the blown fuses that are to be tried. */
    public List<Hold> probesDue(long now) {
        return switches.current().holds().values().stream()
                .filter(hold -> hold.probeDue(now))
                .toList();
    }

    /** Returns whether a waiting record must be held. */
    public boolean holds(TaskRecord record) {
        return record.state() != TaskState.STARTED && switches.recent().holds(record.task(), record.id());
    }

    /** Returns whether a due record may share a commit: neither a place nor a pause concerns it. */
    public boolean shares(TaskRecord record) {
        return !isHeld(record.task()) && !places.isLimited(record.queue());
    }

    /** Takes the place of a record that this node is about to lease; false if it must wait in the table. */
    public boolean take(TaskRecord record, long leaseEnd) {
        return serves(record.queue()) && places.take(record.id(), record.queue(), leaseEnd);
    }

    /** Counts a run that is about to start; false if it must not. Otherwise {@link #leave} must be called. */
    public boolean enter(TaskRecord record) {
        return serves(record.queue()) && !holds(record.task(), record.id()) && places.enter(record.queue());
    }

    public void leave(TaskRecord record) {
        places.leave(record.queue());
    }

    /** Returns the time limit of tasks of the queue whose handler has none; null if there is none. */
    public Duration timeLimit(String queue) {
        return switches.recent().queue(queue).timeLimit();
    }
}
