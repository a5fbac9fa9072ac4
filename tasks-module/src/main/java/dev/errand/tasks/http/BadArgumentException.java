package dev.errand.tasks.http;

/** The task's argument cannot be used: the sender has to change it. */
public class BadArgumentException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public BadArgumentException(String message) {
        super(message);
    }

    public BadArgumentException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For a field that the task's argument does not have, most often a misspelled one. */
    public static BadArgumentException unknownField(String task, String field, String fields) {
        return new BadArgumentException(
                task + " has no field \"" + Urls.cut(field, 60) + "\" in its argument. Allowed: " + fields + ".");
    }
}
