package dev.errand.api;

import java.util.List;

/**
 * The limits of tasks ({@link Limit}), and the changes of an administrator. Inject it anywhere. The method that reads needs the
 * role {@code errand-viewer} (or {@code errand-admin}), the others need {@code errand-admin}; without the role they throw
 * {@code jakarta.ejb.EJBAccessException}. Each call is a transaction of its own. Thread-safe.
 */
public interface TaskLimits {
    /** The rate of a limit without a rate. */
    String NO_RATE = "";

    /** The concurrency of a limit without a concurrency. */
    int NO_CONCURRENCY = 0;

    /** Returns the limits, by name. */
    List<LimitInfo> list();

    /**
     * Replaces the values of a limit until {@link #remove}, on all nodes, also after restarts and deployments. A lower
     * concurrency ends no run: fewer tasks start until as few run.
     *
     * @param rate such as "100/m"; {@link #NO_RATE} for none; null for the rate in the code
     * @param concurrency 1 to 10,000; {@link #NO_CONCURRENCY} for none; null for the concurrency in the code
     * @return the limit after the call
     * @throws NotFoundException if there is no limit of that name
     * @throws InvalidValueException if a value is wrong
     */
    LimitInfo put(String name, String rate, Integer concurrency);

    /**
     * Puts the values of the code into force again.
     *
     * @throws NotFoundException if there is no limit of that name
     */
    void remove(String name);
}
