package dev.errand.it.server;

/** What an administrator does to the server's JMS broker, by the means that the server has for it. */
public interface Broker extends AutoCloseable {
    /** The queue takes messages, and gives none out. */
    void pauseQueue();

    void resumeQueue();

    /** Takes all messages off the queue. */
    void purgeQueue();

    /** Nobody is connected to it any more, nor can be. */
    void stop();

    void start();

    @Override
    void close();
}
