package dev.errand.store;

/** The choice of queues in which this node searches for due tasks. */
public interface QueueGate {
    /** The choice of all queues. */
    QueueGate ALL = queue -> true;

    /** Returns whether this node may take tasks of the queue now. */
    boolean opens(String queue);
}
