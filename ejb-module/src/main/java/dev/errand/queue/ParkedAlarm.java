package dev.errand.queue;

import dev.errand.log.LogMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The alarm about PARKED tasks: a line in the log whenever their names change, and a detail in the health. Thread-safe. */
@ApplicationScoped
public class ParkedAlarm {
    /** The number of names that are looked up and logged. */
    public static final int MOST_NAMES = 20;

    private volatile List<String> names = List.of();

    /**
     * Compares the names of PARKED tasks with the last ones.
     *
     * @param found the first {@link #MOST_NAMES} names, in the order of the database
     */
    public synchronized void see(List<String> found) {
        if (found.equals(names)) {
            return;
        }
        names = List.copyOf(found);
        if (found.isEmpty()) {
            LogMessage.NONE_PARKED.log();
        } else {
            LogMessage.PARKED_NAMES.log(
                    String.join(", ", found) + (found.size() < MOST_NAMES ? "" : ", and perhaps others"));
        }
    }

    /** Returns whether a task is PARKED, as far as this node knows. */
    public boolean rings() {
        return !names.isEmpty();
    }
}
