package dev.errand.run;

import dev.errand.store.Ended;

/**
 * The end of a run. A closed set: {@link OutcomeRules} turns each member but the first two into an {@link Outcome}. Public, as all
 * types in the signature of an EJB must be: Payara makes its proxies in another package.
 */
public sealed interface RunResult {

    /** The run was not claimed: another transaction has its record, or the record no longer waits. No handler was called. */
    record NotClaimed() implements RunResult {}

    /** The handler succeeded, and SUCCESS is committed. */
    record Succeeded() implements RunResult {}

    /** A run whose outcome is not recorded yet. */
    sealed interface Unfinished extends RunResult {
        RunningTask run();

        /** What the record keeps of the run. */
        Ended ended();
    }

    /** The task had expired when it was claimed. No handler was called. */
    record Expired(RunningTask run, Ended ended) implements Unfinished {}

    /** The queue was paused after the run was claimed. No handler was called. */
    record Paused(RunningTask run, Ended ended) implements Unfinished {}

    /** The run was revoked while the handler was at work. */
    record Revoked(RunningTask run, Ended ended) implements Unfinished {}

    /** The handler threw {@code error}. */
    record Failed(RunningTask run, Ended ended, Throwable error) implements Unfinished {}

    /** The run failed outside the handler: in the commit, or because the connection of its transaction was cut. */
    record Undone(RunningTask run, Ended ended, Throwable error) implements Unfinished {}

    static RunResult expired(RunningTask run, String node) {
        return new Expired(run, run.ended(node));
    }

    /** The result of a run that threw {@code error}, or that was revoked: that counts first. */
    static RunResult failed(RunningTask run, String node, Throwable error) {
        return run.revoked() ? new Revoked(run, run.ended(node)) : new Failed(run, run.ended(node), error);
    }

    /** As {@link #failed}, where {@code error} came from outside the handler. */
    static RunResult undone(RunningTask run, String node, Throwable error) {
        return run.revoked() ? new Revoked(run, run.ended(node)) : new Undone(run, run.ended(node), error);
    }
}
