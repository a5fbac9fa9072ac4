package dev.errand.manage;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskInfo;
import dev.errand.log.LogMessage;
import dev.errand.queue.Waiters;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Callers that wait for the end of a task, without a thread and without a connection to the database. A task that ends on this
 * node wakes its callers. For the others, as long as there are callers, one query per tick looks at all their tasks. Thread-safe.
 */
@ApplicationScoped
public class TaskWaits {
    private static final long TICK_MILLIS = 250;

    /** A century, as for other durations. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedExecutorService executor;

    @Inject
    TaskAdministration operations;

    @Inject
    Waiters waiters;

    @Inject
    DatabaseMonitor monitor;

    private final List<Wait> waits = new ArrayList<>();
    private final AtomicBoolean ticking = new AtomicBoolean();

    /** @param end the time of {@link System#nanoTime} at which it ends */
    private record Wait(String id, CompletableFuture<Void> woken, long end) {}

    /**
     * Waits for the end of a task.
     *
     * @return the task as it is when it has finished, or at the end of the time
     */
    CompletionStage<TaskInfo> await(String id, Duration timeout, HistoryPage history) {
        if (timeout == null || timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "wait", "The time to wait, " + timeout + ", is not between 0 and 100 years.");
        }
        CompletableFuture<Void> woken = waiters.add(id);
        Wait wait = new Wait(id, woken, System.nanoTime() + timeout.toNanos());
        TaskInfo task;
        try {
            // after the caller is known: a task that ends in between wakes it
            task = known(id, history);
        } catch (RuntimeException e) {
            waiters.remove(id, woken);
            throw e;
        }
        if (task.state().finished() || timeout.isZero()) {
            waiters.remove(id, woken);
            return CompletableFuture.completedFuture(task);
        }
        synchronized (waits) {
            waits.add(wait);
        }
        tickSoon();
        return woken.thenApplyAsync(any -> known(id, history), executor);
    }

    private TaskInfo known(String id, HistoryPage history) {
        return operations
                .find(id, history)
                .orElseThrow(
                        () -> new NotFoundException(
                                "No task has the id \"" + id
                                        + "\". It was never sent, its transaction is not committed or was rolled back, or it was pruned."));
    }

    private void tickSoon() {
        if (ticking.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RuntimeException e) {
                ticking.set(false);
                throw e;
            }
        }
    }

    private void tick() {
        try {
            endLateOnes();
            List<String> ids = waiters.ids();
            if (!ids.isEmpty() && !monitor.isDown()) {
                operations.finishedOrGone(ids).forEach(waiters::finished);
            }
        } catch (RuntimeException e) {
            if (!monitor.isCauseOf(e)) {
                LogMessage.WAITS_FAILED.logAtMostOnceAMinute(e);
            }
        } finally {
            ticking.set(false);
            synchronized (waits) {
                waits.removeIf(wait -> wait.woken.isDone());
                if (!waits.isEmpty()) {
                    tickSoon();
                }
            }
        }
    }

    private void endLateOnes() {
        List<Wait> late = new ArrayList<>();
        synchronized (waits) {
            Iterator<Wait> all = waits.iterator();
            while (all.hasNext()) {
                Wait wait = all.next();
                if (System.nanoTime() - wait.end >= 0) {
                    late.add(wait);
                    all.remove();
                }
            }
        }
        for (Wait wait : late) {
            waiters.remove(wait.id, wait.woken);
            wait.woken.complete(null);
        }
    }
}
