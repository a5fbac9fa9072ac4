package dev.errand.queue;

import dev.errand.api.InvalidValueException;
import dev.errand.config.ErrandConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The number of tasks that this node runs at once: {@code errand.concurrency}, until an administrator changes it while the
 * node runs. Thread-safe.
 */
@ApplicationScoped
public class Concurrency {
    private final Places places = new Places();
    private volatile int limit;
    private volatile int extra;

    protected Concurrency() {}

    @Inject
    public Concurrency(ErrandConfig config) {
        limit = config.concurrency();
        places.release(limit);
    }

    public int limit() {
        return limit;
    }

    /**
     * Changes the limit. A lower limit ends no run: fewer tasks start until as few run.
     *
     * @throws InvalidValueException if it is not in the range of {@code errand.concurrency}
     */
    public synchronized void limit(int most) {
        check(most);
        int more = most - limit;
        limit = most;
        if (more > 0) {
            places.release(more);
        } else {
            places.reducePermits(-more);
        }
    }

    /**
     * Adds places for runs that are stuck and hold a place each, at most as many as the limit.
     *
     * @param stuck the number of such runs
     */
    public synchronized void stuck(int stuck) {
        int more = Math.min(stuck, limit) - extra;
        extra += more;
        if (more > 0) {
            places.release(more);
        } else if (more < 0) {
            places.reducePermits(-more);
        }
    }

    /** Returns the number of threads that the runs of this node take: the limit, and the stuck runs. */
    int threads() {
        return limit + extra;
    }

    /** @throws InvalidValueException if it is not in the range of {@code errand.concurrency} */
    public static void check(int most) {
        if (most < ErrandConfig.LEAST_CONCURRENCY || most > ErrandConfig.MOST_CONCURRENCY) {
            throw new InvalidValueException(
                    "concurrency",
                    "The concurrency is " + most + ". Allowed: " + ErrandConfig.LEAST_CONCURRENCY + " to "
                            + ErrandConfig.MOST_CONCURRENCY + ".");
        }
    }

    /** Returns whether there is a place within this time, so that {@link #leave} must be called. */
    public boolean enter(Duration patience) throws InterruptedException {
        return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void leave() {
        places.release();
    }

    private static final class Places extends Semaphore {
        private static final long serialVersionUID = 1L;

        Places() {
            super(0);
        }

        @Override
        public void reducePermits(int reduction) {
            super.reducePermits(reduction);
        }
    }
}
