package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Committed messages that wait for the publisher. Adding one has no other effect, because it happens in
 * {@code afterCompletion}, where servers allow little. Bounded by {@link InFlight}. Thread-safe.
 */
@ApplicationScoped
public class Outbox {
    /**
     * @param wakeAt the time at which the sweep has to look for records of the same commit, in milliseconds; null if it need
     *     not
     */
    public record Committed(List<? extends QueueMessage> messages, Long wakeAt) {}

    private final BlockingQueue<Committed> waiting = new LinkedBlockingQueue<>();

    public void add(List<? extends QueueMessage> messages, Long wakeAt) {
        waiting.add(new Committed(messages, wakeAt));
    }

    /** Waits for a message, and takes all messages. */
    List<Committed> take() throws InterruptedException {
        List<Committed> taken = new ArrayList<>();
        taken.add(waiting.take());
        waiting.drainTo(taken);
        return taken;
    }

    /** Takes all messages, without waiting. */
    public List<Committed> poll() {
        List<Committed> taken = new ArrayList<>();
        waiting.drainTo(taken);
        return taken;
    }
}
