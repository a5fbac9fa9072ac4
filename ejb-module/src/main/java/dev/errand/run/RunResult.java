package dev.errand.run;

import dev.errand.store.Ended;

/**
 * The end of a run. A closed set: {@link OutcomeRules} turns each member but the first two into an {@link Outcome}.
 * Public, because Payara generates the proxies of EJBs in another package, and so all types in their signatures must be
 * public.
 */
public sealed interface RunResult {

    /** The run was not claimed: another transaction has its record, or the record no longer waits. No handler was called. */
    record NotClaimed() implements RunResult {}

    /** The handler succeeded, and SUCCESS is committed. */
    record Succeeded() implements RunResult {}

    /** A run whose outcome is not recorded yet. */
    sealed interface Unfinished extends RunResult {
        RunningTask run();

        /** Returns the part of the run that the record stores. */
        Ended ended();
    }

    /** The task had expired when it was claimed. No handler was called. */
    record Expired(RunningTask run, Ended ended) implements Unfinished {}

    /** The queue was paused after the run was claimed. No handler was called. */
    record Paused(RunningTask run, Ended ended) implements Unfinished {}

    /** The run was revoked while the handler was running. */
    record Revoked(RunningTask run, Ended ended) implements Unfinished {}

    /** The handler threw {@code error}. */
    record Failed(RunningTask run, Ended ended, Throwable error) implements Unfinished {}

    /** The run failed outside the handler: in the commit, or because the connection of its transaction was cut. */
    record Undone(RunningTask run, Ended ended, Throwable error) implements Unfinished {}

    static RunResult expired(RunningTask run, String node) {
        return new Expired(run, run.ended(node));
    }

    /** Returns the result of a run that threw {@code error} or was revoked. Revocation takes precedence. */
    static RunResult failed(RunningTask run, String node, Throwable error) {
        return run.revoked() ? new Revoked(run, run.ended(node)) : new Failed(run, run.ended(node), error);
    }

    /** Returns the result as {@link #failed} does, for an {@code error} that came from outside the handler. */
    static RunResult undone(RunningTask run, String node, Throwable error) {
        return run.revoked() ? new Revoked(run, run.ended(node)) : new Undone(run, run.ended(node), error);
    }
}
