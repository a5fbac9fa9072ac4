package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.store.OldRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** One pass, in chunks, over all tasks that had been finished long enough when it began. Not thread-safe. */
final class PruningRound {
    /** Records per transaction: enough for good throughput, few enough for a short transaction. */
    static final int CHUNK = 500;

    /**
     * Tasks per line in the log. The first round for a table that was never pruned takes hours, and an administrator
     * can see its progress.
     */
    static final int TASKS_PER_LINE = 1_000_000;

    private final OldRecords records;
    private final Deque<Part> parts = new ArrayDeque<>();

    /**
     * The remaining work for a state.
     *
     * @param pruned the number of deleted tasks that are not in the log yet
     */
    private record Part(TaskState state, long endedBefore, long createdFrom, int pruned) {}

    PruningRound(OldRecords records, ErrandConfig config, long now) {
        this.records = records;
        add(TaskState.SUCCESS, config.keepSuccess(), now);
        add(TaskState.FAILURE, config.keepFailure(), now);
        add(TaskState.REVOKED, config.keepRevoked(), now);
    }

    private void add(TaskState state, Duration keep, long now) {
        parts.add(new Part(state, now - keep.toMillis(), Long.MIN_VALUE, 0));
    }

    boolean isFinished() {
        return parts.isEmpty();
    }

    /** Prunes the next chunk. If that fails, the round continues with the next state; another round tries again. */
    void next() {
        Part part = parts.remove();
        OldRecords.Pruned chunk = records.prune(part.state, part.createdFrom, part.endedBefore, CHUNK);
        int pruned = part.pruned + chunk.tasks();
        boolean finished = chunk.tasks() < CHUNK;
        if (pruned >= TASKS_PER_LINE || finished && pruned > 0) {
            LogMessage.PRUNED.log(pruned, part.state);
            pruned = 0;
        }
        if (!finished) {
            parts.addFirst(new Part(part.state, part.endedBefore, chunk.createdTo(), pruned));
        }
    }
}
