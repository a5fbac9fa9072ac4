package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What was committed and waits for the publisher. Putting into it does nothing else, since that happens in
 * {@code afterCompletion}, where servers allow little. Bounded by {@link InFlight}. Thread-safe.
 */
@ApplicationScoped
public class Outbox {
    /** @param wakeAt when the sweep has to look for records of the same commit, in milliseconds; null if it need not */
    record Committed(List<TaskMessage> messages, Long wakeAt) {}

    private static final Committed NOTHING = new Committed(List.of(), null);

    private final BlockingQueue<Committed> waiting = new LinkedBlockingQueue<>();

    public void add(List<TaskMessage> messages, Long wakeAt) {
        waiting.add(new Committed(messages, wakeAt));
    }

    /** There may be something to do for whoever waits in {@link #take}. */
    void nudge() {
        waiting.add(NOTHING);
    }

    /** Waits for something, or a nudge, and takes all there is. @param patience in milliseconds; it may take nothing after it */
    List<Committed> take(long patience) throws InterruptedException {
        List<Committed> taken = new ArrayList<>();
        Committed first = waiting.poll(patience, TimeUnit.MILLISECONDS);
        if (first != null) {
            taken.add(first);
            waiting.drainTo(taken);
        }
        return taken;
    }

    /** Takes what there is, if anything. */
    List<Committed> poll() {
        List<Committed> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }
}
