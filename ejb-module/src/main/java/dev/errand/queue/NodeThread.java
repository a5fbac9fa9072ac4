package dev.errand.queue;

import dev.errand.log.LogMessage;
import jakarta.enterprise.concurrent.ManagedThreadFactory;

/**
 * A thread that works until its node stops. The server makes it; {@link #watch} replaces a thread that has ended before.
 * Thread-safe.
 */
public final class NodeThread {
    private final String name;
    private final Runnable work;
    private ManagedThreadFactory threads;
    private Thread thread;
    private volatile boolean stopped;

    /** @param work loops until {@link #isStopped}; the stop interrupts it */
    public NodeThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public synchronized void start(ManagedThreadFactory factory) {
        threads = factory;
        thread = factory.newThread(work);
        thread.setName(name);
        thread.start();
    }

    public synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Replaces the thread if it has ended before the stop. To be called once per second. */
    public synchronized void watch() {
        if (thread != null && !stopped && !thread.isAlive()) {
            LogMessage.THREAD_ENDED.logAtMostOnceAMinute(name);
            start(threads);
        }
    }
}
