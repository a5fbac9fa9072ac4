package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.log.LogMessage;
import dev.errand.store.Ended;
import dev.errand.store.ErrorText;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Records the runs that are lost with their node. A lost run costs no retry, but is counted: a task that crashes its
 * node each time must not crash every node without end.
 */
@ApplicationScoped
public class LostRuns {
    static final int MOST_CRASHES = 5;

    @Inject
    private TaskTransitions transitions;

    /** Handles a locked STARTED record whose lease has ended, or whose node restarts. */
    void lost(TaskRecord record, long now) {
        if (record.crashes() + 1 >= MOST_CRASHES) {
            poison(record, record.crashes() + 1, now);
        } else {
            ErrorText error =
                    new ErrorText(ErrorText.NODE_WENT_AWAY, "The node went away while it ran the task.", null);
            transitions.lose(record, now, error);
            LogMessage.LOST.log(record.task(), record.id(), record.node());
        }
    }

    /**
     * Handles a locked record that was in flight when its node crashed. {@code ran} tells whether it is known to have
     * been running.
     */
    void inFlight(TaskRecord record, boolean ran, long now) {
        // being in flight only makes a task a suspect; the count rises further only for a suspect that was seen running
        int crashes = ran ? record.crashes() + 1 : Math.max(1, record.crashes());
        if (crashes >= MOST_CRASHES) {
            poison(record, crashes, now);
        } else {
            transitions.releaseAfterCrash(record, now, crashes);
        }
    }

    private void poison(TaskRecord record, int crashes, long now) {
        ErrorText error = new ErrorText(
                ErrorText.NODE_WENT_AWAY,
                "The task was running each of the " + crashes
                        + " times that its node went down, so it is not run again. Fix it, then retry it.",
                null);
        transitions.end(
                new Ended(record.id(), record.run(), record.node(), record.createdAt(), now, null, record.workflow()),
                TaskState.FAILURE,
                null,
                error);
        LogMessage.POISON.log(record.task(), record.id(), crashes);
    }
}
