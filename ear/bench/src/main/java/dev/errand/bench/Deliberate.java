package dev.errand.bench;

/** What a handler throws that was asked to fail; to be retried. */
public final class Deliberate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Deliberate() {
        super("Asked to fail");
    }
}
