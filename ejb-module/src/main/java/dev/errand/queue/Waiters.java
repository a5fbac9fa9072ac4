package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The callers on this node that wait for the end of tasks. A task that ends on this node wakes its callers after the commit. For
 * the others, one look for all of them is due now and then. Thread-safe.
 */
@ApplicationScoped
public class Waiters {
    private final Map<String, Set<CompletableFuture<Void>>> waiting = new HashMap<>();

    /**
     * Adds a caller.
     *
     * @return completed when the task has perhaps finished
     */
    public CompletableFuture<Void> add(String id) {
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.computeIfAbsent(id, any -> new HashSet<>()).add(waiter);
        }
        return waiter;
    }

    /** Removes a caller that waits no longer. */
    public void remove(String id, CompletableFuture<Void> waiter) {
        synchronized (waiting) {
            waiting.computeIfPresent(id, (any, waiters) -> {
                waiters.remove(waiter);
                return waiters.isEmpty() ? null : waiters;
            });
        }
    }

    boolean has(String id) {
        synchronized (waiting) {
            return waiting.containsKey(id);
        }
    }

    /** Returns the tasks for which a caller waits. */
    public List<String> ids() {
        synchronized (waiting) {
            return List.copyOf(waiting.keySet());
        }
    }

    /** Wakes the callers that wait for a task. */
    public void finished(String id) {
        Set<CompletableFuture<Void>> woken;
        synchronized (waiting) {
            woken = waiting.remove(id);
        }
        if (woken != null) {
            woken.forEach(waiter -> waiter.complete(null));
        }
    }
}
