package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The workflows in which a step has finished, for the thread that looks whether others can start. Requests that come during a
 * look are one request. They are only in memory: the sweep finds what is lost. Thread-safe.
 */
@ApplicationScoped
public class StepChecks {
    /** The most workflows that are remembered; the sweep finds the others. */
    private static final int MOST = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private Map<String, Set<String>> keys = new LinkedHashMap<>();
    private boolean taken;

    /** Begins to remember requests: a node that runs no tasks has no thread for them. */
    public void open() {
        lock.lock();
        try {
            taken = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Requests a look.
     *
     * @param key the group, or the step, of which a member has finished; null for a look at the whole workflow
     */
    void add(String workflow, String key) {
        lock.lock();
        try {
            if (taken && (keys.size() < MOST || keys.containsKey(workflow))) {
                keys.computeIfAbsent(workflow, any -> new HashSet<>()).add(key);
                added.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for requests.
     *
     * @return the groups and steps, by workflow; null among them stands for the whole workflow. Empty if none has come in time
     */
    public Map<String, Set<String>> take(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (keys.isEmpty() && left > 0) {
                left = added.awaitNanos(left);
            }
            Map<String, Set<String>> requests = keys;
            keys = new LinkedHashMap<>();
            return requests;
        } finally {
            lock.unlock();
        }
    }
}
