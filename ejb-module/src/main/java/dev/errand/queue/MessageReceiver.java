package dev.errand.queue;

/** The receiver of the messages of a {@link Transport}. Thread-safe. */
public interface MessageReceiver {
    /** Runs the task or the batches of a message, in the caller's thread. Never throws: a message is only a wake-up. */
    void receive(QueueMessage message);
}
