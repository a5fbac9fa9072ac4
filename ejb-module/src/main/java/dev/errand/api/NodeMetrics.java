package dev.errand.api;

/**
 * The metrics of this node: its sends and runs since its start, and the numbers of tasks per state and queue. Inject it. The
 * metrics name tasks and queues, so pass them only to users that may see those. Thread-safe.
 */
public interface NodeMetrics {
    /** The media type of {@link #text}. */
    String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Returns all metrics in the text format of Prometheus. The counts of waiting tasks come from the database. They are at most
     * a few seconds old, or older if counting takes long.
     *
     * @throws DatabaseUnavailableException if a count is due and the database does not answer
     */
    String text();
}
