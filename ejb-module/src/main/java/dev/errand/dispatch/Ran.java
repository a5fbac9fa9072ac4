package dev.errand.dispatch;

import dev.errand.outcome.Errors;
import dev.errand.store.Ended;
import jakarta.transaction.SystemException;

/**
 * A run that did not succeed, and whose outcome is still to be recorded.
 *
 * @param error what went wrong; null if the record was not run because it had expired
 * @param ours whether it went wrong outside the handler, in the commit, or because the transaction's connection was cut
 */
public record Ran(RunningTask run, Ended ended, Throwable error, boolean ours) {

    static Ran expired(RunningTask run, String node) {
        return new Ran(run, run.ended(node), null, false);
    }

    static Ran failed(RunningTask run, String node, Throwable error) {
        return new Ran(run, run.ended(node), error, false);
    }

    /** The server has not let us call the handler, or a bean that it needs, as the application is starting or stopping. */
    boolean refused() {
        return Errors.refused(error);
    }

    /** The commit has failed, and the transaction manager does not say why. */
    boolean unexplained() {
        return ours && error instanceof SystemException && run.handler().transactional();
    }

    /** Nobody's fault, and all was rolled back: the same run may start again, and it costs no retry. */
    boolean toRunAgain() {
        return error != null
                && run.handler().transactional()
                && (ours ? Errors.databaseTrouble(error) : Errors.conflict(error));
    }
}
