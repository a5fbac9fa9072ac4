package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.outcome.Outcome;
import dev.errand.outcome.OutcomeRecorder;
import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Decides what becomes of a run that did not succeed, and has it recorded. */
@ApplicationScoped
public class Finish {
    @Inject
    private OutcomeRecorder outcomes;

    @Inject
    private Refusals refusals;

    @Inject
    private UnexplainedCommits commits;

    @Inject
    @EngineClock
    private Clock clock;

    /** @param outage whether the database was away meanwhile, so that whatever the handler did to it is gone */
    void record(Ran ran, boolean outage) {
        TaskRecord record = ran.run().record();
        if (ran.error() == null && !ran.run().revoked()) {
            outcomes.expired(record.task(), record.id(), record.run());
        } else if (ran.run().revoked()) {
            outcomes.revoked(record.task(), ran.ended());
        } else if (outage && ran.run().handler().transactional()) {
            outcomes.runAgain(ran.ended());
        } else if (ran.toRunAgain()
                || ran.unexplained() && commits.mayStartAgain(record.id(), record.run())
                || ran.refused() && refusals.mayStartAgain(record.task())) {
            outcomes.runAgain(record.task(), ran.ended(), ran.error(), ran.run().secrets());
        } else {
            Outcome outcome = Outcome.of(
                    ran.refused() ? notUp(record, ran) : ran.error(),
                    ran.run().handler().policy(),
                    record.retries(),
                    record.maxRetries(),
                    clock.instant(),
                    ThreadLocalRandom.current().nextDouble());
            outcomes.record(
                    record.task(),
                    record.retries(),
                    ran.ended(),
                    outcome,
                    ran.run().secrets());
        }
    }

    private static IllegalStateException notUp(TaskRecord record, Ran ran) {
        return new IllegalStateException(
                "The server has refused all calls of the handler of " + record.task() + "[" + record.id() + "] for "
                        + Refusals.PATIENCE + ". Its log says why module "
                        + ran.run().handler().module() + " is not up; mend that, then retry the task.",
                ran.error());
    }
}
