package dev.errand.bench;

import java.time.Instant;
import java.util.List;

/** What a workload needs of a system. Its handler does nothing but {@link Handled#handle}. Thread-safe. */
public interface TaskQueue {
    /** In a transaction of its own. */
    void send(String argument);

    /** All in one transaction. */
    void sendAll(List<String> arguments);

    /** In a transaction of its own, to run at that time. */
    void sendAt(String argument, Instant eta);

    /** From now on nothing is run: a backlog may grow. */
    void stopWorkers();

    void startWorkers();
}
