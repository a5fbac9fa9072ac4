package dev.errand.tasks.data;

/** A value that a column does not accept. Has no stack trace, because a file may have millions. */
final class CellException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem.Code code;

    CellException(Problem.Code code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    Problem.Code code() {
        return code;
    }
}
