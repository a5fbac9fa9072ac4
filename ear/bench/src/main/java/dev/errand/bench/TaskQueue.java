package dev.errand.bench;

import java.time.Instant;
import java.util.List;

/** The part of a system that a workload needs. Thread-safe. */
public interface TaskQueue {
    /** To a handler that does nothing but {@link Handled#handle}; in a transaction of its own. */
    void send(String argument);

    /** All in one transaction, to the same handler. */
    void sendAll(List<String> arguments);

    /** To the same handler, at that time; in a transaction of its own. */
    void sendAt(String argument, Instant eta);

    /**
     * To a handler that does {@link Handled#work}, and is called again, at once if possible, if it fails; in a transaction of its own.
     *
     * @param queue in which it waits, where the system has queues
     * @param millis how long it takes: 0, 1, 10 or 100; where the system has handlers, to each its own
     */
    void sendWork(String queue, int millis, String argument);

    /** Writes a row of its own in a transaction ({@link Handled#write}). */
    default void write(String argument) {
        throw new UnsupportedOperationException("It joins no transaction");
    }

    /** The same, and sends as {@link #send} does, in that transaction. */
    default void writeAndSend(String argument) {
        throw new UnsupportedOperationException("It joins no transaction");
    }

    /** From now on nothing is run that {@link #send} and {@link #sendAll} have sent: a backlog may grow. */
    void stopWorkers();

    void startWorkers();

    /** Answers a question of users about the tasks; each answer is a transaction. */
    default List<String> questions() {
        return List.of();
    }

    /** One of the questions. */
    default void ask(String question) {
        throw new IllegalArgumentException(question);
    }
}
