package dev.errand.web.http;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.ErrandException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.QueueFullException;
import dev.errand.api.TaskStateException;
import dev.errand.log.Printable;
import jakarta.ejb.EJBAccessException;
import java.util.Map;
import java.util.UUID;

/** Translates exceptions into problems, for REST and for servlets. No other code does. */
public final class Problems {
    /** The largest number of causes that are visited, because causes can form a circle. */
    private static final int MAX_CAUSES = 20;

    private static final System.Logger LOG = System.getLogger("dev.errand.web");

    private static final Map<Class<? extends ErrandException>, Integer> STATUS = Map.of(
            InvalidValueException.class, 400,
            NotFoundException.class, 404,
            DuplicateTaskException.class, 409,
            TaskStateException.class, 409,
            ArgumentTooLargeException.class, 413,
            QueueFullException.class, 429,
            DatabaseUnavailableException.class, 503);

    private Problems() {}

    /** Returns the problem. An unforeseen exception is logged, and the client receives only its reference. */
    public static Problem of(Throwable thrown) {
        // EJB and CDI wrap unknown exceptions in their own, so ours may be inside
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            Problem known = known(e);
            if (known != null) {
                return known;
            }
        }
        return unforeseen(thrown);
    }

    private static Problem known(Throwable thrown) {
        if (thrown instanceof BodyTooLargeException) {
            return new Problem(413, thrown.getMessage());
        }
        if (thrown instanceof EJBAccessException) {
            return forbidden();
        }
        return thrown instanceof ErrandException e ? ofErrand(e) : null;
    }

    private static Problem ofErrand(ErrandException thrown) {
        Integer status = STATUS.get(thrown.getClass());
        return status == null ? null : new Problem(status, thrown.getMessage(), thrown.field(), null, thrown.index());
    }

    /**
     * Returns a problem with nothing but its status, in our words: a server's own words would show which server it is.
     */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> new Problem(400, "The request cannot be understood.");
            case 401 ->
                new Problem(401, "Log in with HTTP Basic as a user with the role errand-viewer or errand-admin.");
            case 403 -> forbidden();
            case 404 -> new Problem(404, "There is nothing at this address.");
            case 405 -> new Problem(405, "This method is not allowed here.");
            case 406 -> new Problem(406, "The answer is application/json; the header Accept does not allow that.");
            case 413 -> new Problem(413, "The body is larger than this server takes.");
            case 415 -> new Problem(415, "Send the body as application/json.");
            default -> new Problem(status, status < 500 ? "The request is refused." : "The server cannot do this now.");
        };
    }

    private static Problem forbidden() {
        return new Problem(403, "Reading needs the role errand-viewer, changing errand-admin.");
    }

    /**
     * Returns the trace as text. An exception's message may quote the request, and the logger would write it unchanged.
     */
    static String trace(Throwable thrown) {
        StringBuilder trace = new StringBuilder();
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < MAX_CAUSES; cause = cause.getCause(), depth++) {
            trace.append(trace.isEmpty() ? "" : "Caused by: ").append(Printable.of(cause.toString()));
            for (StackTraceElement element : cause.getStackTrace()) {
                trace.append(System.lineSeparator()).append("\tat ").append(element);
            }
            trace.append(System.lineSeparator());
        }
        return trace.toString();
    }

    private static Problem unforeseen(Throwable thrown) {
        UUID reference = UUID.randomUUID();
        LOG.log(
                System.Logger.Level.ERROR,
                "ERRAND-0901 A request failed, reference " + reference + System.lineSeparator() + trace(thrown));
        return new Problem(
                500,
                "An unforeseen error occurred. The server's log has it under the reference " + reference + ".",
                null,
                "urn:uuid:" + reference);
    }
}
