package dev.errand.it.server;

/** The work of an administrator on the server's JMS broker, by the means of that server. */
public interface Broker extends AutoCloseable {
    /** The queue takes messages, and gives none out. */
    void pauseQueue();

    void resumeQueue();

    /** Takes all messages off the queue. */
    void purgeQueue();

    /** Ends all connections, and refuses new ones. */
    void stop();

    void start();

    @Override
    void close();
}
