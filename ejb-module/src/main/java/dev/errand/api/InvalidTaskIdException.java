package dev.errand.api;

/** A task id is not 1 to 255 visible ASCII characters. */
public class InvalidTaskIdException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidTaskIdException(String message) {
        super(message);
    }
}
