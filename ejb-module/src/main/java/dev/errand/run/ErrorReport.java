package dev.errand.run;

import dev.errand.json.Secrets;
import dev.errand.store.ErrorText;
import jakarta.ejb.EJBException;

/** The part of an exception that the record and the log store, without secrets. Pure. */
final class ErrorReport {
    private static final int MAX_DEPTH = 20;

    /** The longest message: the log and the table store only the beginning, because a message may quote megabytes. */
    private static final int MAX_CHARS = 4_000;

    private ErrorReport() {}

    /** Returns the exception that the handler threw, without the exceptions that the EJB container wraps around it. */
    static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        for (int depth = 0; inner instanceof EJBException && inner.getCause() != null && depth < MAX_DEPTH; depth++) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Returns type, message and trace for the record. */
    static ErrorText text(Throwable error, int traceMaxChars, Secrets secrets) {
        return new ErrorText(
                error.getClass().getName(),
                secrets.hide(message(error), MAX_CHARS),
                StackTraces.text(error, traceMaxChars, secrets));
    }

    /**
     * Returns one line for the log and the trace. An exception that fails to describe itself does not prevent the
     * outcome.
     */
    static String line(Throwable error, Secrets secrets) {
        try {
            return secrets.hide(error.toString(), MAX_CHARS);
        } catch (RuntimeException e) {
            return error.getClass().getName() + ": " + secrets.hide(message(error), MAX_CHARS);
        }
    }

    private static String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (RuntimeException e) {
            return "(Its getMessage() throws " + e.getClass().getName() + ".)";
        }
    }
}
