package dev.errand.api;

import jakarta.ejb.ApplicationException;

/**
 * The superclass of all exceptions of Errand. Its message names the thing (task, id, state, key) and the remedy.
 *
 * <p>It crosses EJB calls unwrapped and, like each unchecked exception that leaves an EJB, rolls the transaction back. A
 * caller that catches it where it is thrown may continue in the same transaction.
 */
@ApplicationException(rollback = true)
public abstract class ErrandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** Boxed, because most exceptions are about no list. */
    private Integer index;

    protected ErrandException(String message) {
        this(message, null);
    }

    protected ErrandException(String message, Throwable cause) {
        this(null, message, cause);
    }

    protected ErrandException(String field, String message, Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the name of the value at fault, as in REST; null if no single value is at fault. */
    public String field() {
        return index == null ? field : place() + (field == null ? "" : "." + field);
    }

    /** Returns the number of the task at fault in a list of tasks to send, from 0; null if there is no list. */
    public Integer index() {
        return index;
    }

    /** Notes the number of the task at fault in a list of tasks, from 0: the message and the field then begin with it. */
    public void index(int index) {
        this.index = index;
    }

    @Override
    public String getMessage() {
        return index == null ? super.getMessage() : place() + ": " + super.getMessage();
    }

    private String place() {
        return "tasks[" + index + "]";
    }
}
