package dev.errand.tasks;

import dev.errand.tasks.http.OutgoingHttpException;

/** A resource that is larger than the task or the administrator allows. */
public class SizeLimitException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public SizeLimitException(String message) {
        super(message);
    }
}
