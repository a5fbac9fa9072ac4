package dev.errand.queue;

import java.util.Optional;

/**
 * The way of messages from the publisher to a {@link MessageReceiver}: a JMS queue, or threads of this node. A message may be
 * lost or come twice without harm. Thread-safe.
 */
public interface Transport {
    /** Returns what the server lacks for this transport, for a log line; empty if it lacks nothing. */
    Optional<String> missing();

    /** Returns the name of another application whose messages would come here, and the other way round; empty if there is none. */
    default Optional<String> conflict() {
        return Optional.empty();
    }

    /** @throws Exception if the transport takes no messages now; the caller tries again later */
    Connection connect() throws Exception;

    /** A connection of the publisher's one thread. */
    interface Connection extends AutoCloseable {
        /**
         * Sends a message. Higher priorities come first.
         *
         * @param timeToLive the time after which the message may be dropped, in milliseconds
         * @throws Exception if the transport takes no messages now; then the connection is of no more use
         */
        void send(QueueMessage message, long timeToLive) throws Exception;

        @Override
        void close();
    }
}
