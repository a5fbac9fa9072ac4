package dev.errand.queue;

import dev.errand.store.FinishListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Tells, after the commit, those of this node that wait for finished tasks. Thread-safe. */
@ApplicationScoped
public class AfterFinish implements FinishListener {
    @Inject
    AfterCommit afterCommit;

    @Inject
    StepChecks checks;

    @Inject
    Waiters waiters;

    @Override
    public void finished(String id) {
        if (waiters.has(id)) {
            afterCommit.then(() -> waiters.finished(id));
        }
    }

    @Override
    public void memberFinished(String workflow, String key) {
        afterCommit.then(() -> checks.add(workflow, key));
    }

    @Override
    public void check(String workflow) {
        afterCommit.then(() -> checks.add(workflow, null));
    }

    @Override
    public void released(long dueAt) {
        afterCommit.publish(List.of(), dueAt);
    }
}
