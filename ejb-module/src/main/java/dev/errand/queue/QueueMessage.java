package dev.errand.queue;

/** A message from the publisher to the node's sessions or threads. It wakes them up; the record is the truth. */
public sealed interface QueueMessage permits TaskMessage, BatchMessage {
    /** Returns the priority from 0 to 9, as in JMS. */
    int priority();

    /** Returns the time from which the message is worthless, in milliseconds. */
    long leaseEnd();
}
