package dev.errand.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The turns of transactional tasks that were running during two or more crashes of a node. One of them may be the
 * cause. Tasks that are due at the same moment start together with it each time, and would be suspected as well. So a
 * node runs suspects one after the other, unless that keeps threads from their work for too long. Thread-safe.
 */
@ApplicationScoped
public class CrashSuspects {
    /**
     * The number of crashes that makes a task a suspect. After one crash, all tasks of the node would be suspects, and
     * they must not wait.
     */
    private static final int CRASHES = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore one = new Semaphore(1, true);

    /**
     * Waits for the turn of a suspect.
     *
     * @return whether the task has its turn, so that {@link #leave} must be called; false if it is no suspect, or has
     *     waited long enough
     */
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
