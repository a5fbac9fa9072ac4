package dev.errand.web.http;

/** Wrong input of the client, with the field at fault. Becomes a 400. */
public class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * Creates the exception.
     *
     * @param field the field or parameter at fault; null if it is the body as a whole
     */
    public BadInputException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
