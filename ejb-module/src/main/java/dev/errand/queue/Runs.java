package dev.errand.queue;

/** The runs on this node, for senders, which do not know how tasks run. Thread-safe. */
public interface Runs {
    /** Returns whether the handler of this task is at work on this node. */
    boolean isRunning(String id);
}
