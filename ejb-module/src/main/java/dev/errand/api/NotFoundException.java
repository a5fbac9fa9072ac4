package dev.errand.api;

/** No task has the given id, or no queue the given name. */
public class NotFoundException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
