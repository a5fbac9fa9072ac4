package dev.errand.bench;

/** A task was lost or run twice, or the system has failed: there are no figures of this round. */
final class VoidRound extends Exception {
    private static final long serialVersionUID = 1L;

    VoidRound(String message) {
        super(message);
    }
}
