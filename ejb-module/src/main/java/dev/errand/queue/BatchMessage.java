package dev.errand.queue;

/**
 * "Short tasks wait in the table: run them, many per transaction."
 *
 * @param number unique among the batch messages of a node
 * @param priority the priority of the first task that waits
 */
public record BatchMessage(long number, int priority, long leaseEnd) implements QueueMessage {}
