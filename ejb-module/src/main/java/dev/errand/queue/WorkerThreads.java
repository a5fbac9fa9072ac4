package dev.errand.queue;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transport without a broker: a queue in memory, and as many of the server's threads as tasks run at once. The record is
 * the truth, so a message that is lost with the node costs nothing. {@link InFlight} bounds the queue. Thread-safe.
 */
@ApplicationScoped
public class WorkerThreads implements Transport, Transport.Connection {
    /** The longest wait of a stop for the tasks that run. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Comparator<Waiting> ORDER =
            Comparator.<Waiting>comparingInt(waiting -> -waiting.priority()).thenComparingLong(Waiting::number);

    @Inject
    MessageReceiver receiver;

    @Inject
    Concurrency concurrency;

    private final PriorityBlockingQueue<Waiting> queue = new PriorityBlockingQueue<>(64, ORDER);
    private final AtomicLong last = new AtomicLong();
    private final List<NodeThread> workers = new ArrayList<>();
    private ManagedThreadFactory threads;
    /** The messages that wait or run. */
    private int open;

    private volatile boolean stopped;

    /** @param message null for the end of a thread */
    private record Waiting(QueueMessage message, int priority, long number) {}

    void start(ManagedThreadFactory factory) {
        threads = factory;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Connection connect() {
        return this;
    }

    /** Puts the message into the queue. The receiver drops it if its lease ends there. */
    @Override
    public void send(QueueMessage message, long timeToLive) {
        synchronized (this) {
            open++;
            grow();
        }
        queue.add(new Waiting(message, message.priority(), last.incrementAndGet()));
    }

    @Override
    public void close() {
        // the publisher's connection, not the threads
    }

    /** Replaces threads that have ended, and starts those that a higher limit allows. To be called once per second. */
    synchronized void watch() {
        if (!stopped) {
            workers.forEach(NodeThread::watch);
            grow();
        }
    }

    private void grow() {
        while (!stopped && workers.size() < Math.min(open, concurrency.threads())) {
            NodeThread worker = new NodeThread("errand-worker-" + (workers.size() + 1), this::work);
            workers.add(worker);
            worker.start(threads);
        }
    }

    private void work() {
        while (!stopped) {
            try {
                Waiting next = queue.take();
                if (next.message() != null) {
                    receive(next.message());
                }
            } catch (InterruptedException e) {
                // it was meant for a run that had ended; the loop ends only if the node stops
            }
        }
    }

    private void receive(QueueMessage message) {
        try {
            if (!stopped) {
                receiver.receive(message);
            }
        } finally {
            synchronized (this) {
                open--;
                notifyAll();
            }
        }
    }

    /** Starts no more tasks, and waits for a while for those that run. The messages that wait are dropped: their leases are released. */
    public void stop() {
        // no synchronized method: the proxy of this bean would be locked, too
        synchronized (this) {
            stopped = true;
            open -= queue.size();
            queue.clear();
            workers.forEach(worker -> queue.add(new Waiting(null, 0, 0)));
            awaitRunning();
        }
    }

    private void awaitRunning() {
        long end = System.nanoTime() + DRAIN.toNanos();
        try {
            for (long left = DRAIN.toMillis(); open > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
