package dev.errand.tasks.http;

/** A task's argument that cannot be used: the sender has to change it. */
public class BadArgumentException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public BadArgumentException(String message) {
        super(message);
    }

    public BadArgumentException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Creates the exception for an unknown field in a task's argument, most often a misspelled one. */
    public static BadArgumentException unknownField(String task, String field, String fields) {
        return new BadArgumentException(
                task + " has no field \"" + Urls.cut(field, 60) + "\" in its argument. Allowed: " + fields + ".");
    }
}
