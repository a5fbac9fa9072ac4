package dev.errand.flow;

import dev.errand.log.LogMessage;
import dev.errand.queue.NodeThread;
import dev.errand.queue.StepChecks;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks which waiting steps can start: in the workflows in which a step has finished on this node, and, at a slow beat, in every
 * workflow that is not finished. The beat finds what is lost when a node crashes between a commit and its look. One thread per
 * node. Any number of nodes may look at the same workflow.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WorkflowWatch {
    /** The wait between two sweeps, from the end of one to the beginning of the next. */
    private static final long BEAT_MILLIS = 5_000;

    /** The longest part of a sweep; the rest follows after a pause. */
    private static final long PART_MILLIS = 500;

    private static final long MOST_PAUSE_NANOS = 500_000_000;

    /** The number of workflows that one statement of the sweep finds. */
    private static final int CHUNK = 100;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    StepChecks requests;

    @Inject
    WorkflowChecks checks;

    @Inject
    DatabaseMonitor monitor;

    private final CountDownLatch never = new CountDownLatch(1);
    private final NodeThread thread = new NodeThread("errand-workflows", this::run);

    /** The workflow at which the last part of the sweep ended; "" if the sweep has reached the end. */
    private String swept = "";

    private long sweepAt;

    /** Starts the thread, which sweeps first. */
    public void start() {
        requests.open();
        sweepAt = System.nanoTime();
        thread.start(threads);
    }

    @PreDestroy
    public void stop() {
        thread.stop();
    }

    /** Replaces the thread if it has ended. Must be called once a second. */
    public void watch() {
        thread.watch();
    }

    private void run() {
        while (!thread.isStopped()) {
            try {
                Map<String, Set<String>> found =
                        requests.take(Math.max(0, TimeUnit.NANOSECONDS.toMillis(sweepAt - System.nanoTime())));
                long start = System.nanoTime();
                if (!monitor.isDown()) {
                    look(found);
                }
                // requests that come in the meantime are one look, and looks take at most half of the thread's time
                never.await(Math.min(System.nanoTime() - start, MOST_PAUSE_NANOS), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // the loop ends only if the node stops
            }
        }
    }

    private void look(Map<String, Set<String>> found) {
        found.forEach((workflow, keys) -> attempt(() -> look(workflow, keys)));
        if (System.nanoTime() - sweepAt >= 0) {
            attempt(this::sweep);
        }
    }

    private void attempt(Runnable look) {
        try {
            look.run();
        } catch (Throwable e) {
            // also for an Error, which must not end the thread; the next sweep tries again
            if (!thread.isStopped() && !monitor.isCauseOf(e)) {
                LogMessage.WORKFLOWS_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }

    private void look(String workflow, Set<String> keys) {
        if (keys.contains(null) || keys.stream().anyMatch(key -> !checks.hasUnfinished(workflow, key))) {
            check(workflow);
        }
    }

    /** Releases the steps of a workflow that can start, ends those that never can, and then perhaps the workflow. */
    void check(String workflow) {
        boolean more = true;
        while (more && !thread.isStopped()) {
            List<String> decided = checks.decided(workflow);
            more = false;
            for (int from = 0; from < decided.size(); from += CHUNK) {
                more |= !checks.settle(decided.subList(from, Math.min(decided.size(), from + CHUNK)))
                        .isEmpty();
            }
        }
        checks.end(workflow);
    }

    /** Looks at the next workflows that are not finished, for a while. */
    private void sweep() {
        long start = System.nanoTime();
        // if a look fails, the next sweep begins with the next workflow
        sweepAt = start + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PART_MILLIS)) {
            List<String> open = checks.open(swept, CHUNK);
            for (String workflow : open) {
                swept = workflow;
                attempt(() -> check(workflow));
                if (System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(PART_MILLIS)) {
                    sweepAt = System.nanoTime();
                    return;
                }
            }
            if (open.size() < CHUNK) {
                swept = "";
                return;
            }
        }
        sweepAt = System.nanoTime();
    }
}
