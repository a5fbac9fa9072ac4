package dev.errand.timer;

import dev.errand.log.LogMessage;
import dev.errand.store.QueueRecords;
import java.util.Set;

/** One pass, in chunks, over all queues that removes the unused ones. Not thread-safe. */
final class QueuePruningRound {
    /** Queues per transaction: enough for good throughput, few enough for a short transaction. */
    static final int CHUNK = 500;

    private final QueueRecords records;
    private final long usedBefore;
    private final Set<String> kept;
    private String after = "";
    private int pruned;
    private boolean finished;

    /**
     * Begins a pass.
     *
     * @param usedBefore the time in milliseconds from which on a use keeps a queue
     * @param kept the queues of handlers, which stay in the list
     */
    QueuePruningRound(QueueRecords records, long usedBefore, Set<String> kept) {
        this.records = records;
        this.usedBefore = usedBefore;
        this.kept = kept;
    }

    boolean isFinished() {
        return finished;
    }

    /** Prunes the next chunk. If that fails, the round is finished; another round tries again. */
    void next() {
        finished = true;
        QueueRecords.Looked looked = records.prune(after, usedBefore, kept, CHUNK);
        after = looked.last();
        pruned += looked.pruned();
        finished = looked.queues() < CHUNK;
        if (finished && pruned > 0) {
            LogMessage.QUEUES_PRUNED.log(pruned);
        }
    }
}
