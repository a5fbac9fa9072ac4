package dev.errand.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Transactional tasks that were running each time when a node went down, twice or more often. One of them may be the reason; but
 * those that are due at the same moment as that one start beside it each time, and would be taken for it. So on a node they run
 * one after the other, as far as that does not keep the threads from their work for long. Thread-safe.
 */
@ApplicationScoped
public class CrashSuspects {
    /** So often a node went down under them. After one crash it is all that the node had, which must not wait. */
    private static final int CRASHES = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore one = new Semaphore(1, true);

    /** @return whether {@link #leave} must be called: it has its turn. Else it is none of them, or has waited for long enough. */
    boolean enter(int crashes) {
        if (crashes < CRASHES) {
            return false;
        }
        try {
            return one.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        one.release();
    }
}
