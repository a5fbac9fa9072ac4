package dev.errand.bench;

/** The failure of a handler that is asked to fail; the task is retried. */
public final class Deliberate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Deliberate() {
        super("Asked to fail");
    }
}
