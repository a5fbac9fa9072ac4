package dev.errand.send;

import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskOptions;
import dev.errand.store.TaskRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A task to send, and where it goes.
 *
 * @param dueNow whether it can run now, on this node
 * @param parked whether no handler has its name
 */
public record Placed(TaskRecord record, TaskOptions options, boolean dueNow, boolean parked) {
    /** Returns whether its sender has chosen a name that another task may have. */
    boolean named() {
        return named(options);
    }

    static boolean named(TaskOptions options) {
        return options.id() != null || options.uniqueKey() != null;
    }

    /** Returns whether the send is refused if another task has the name. */
    boolean refuses() {
        return !changes(options) && options.onDuplicate() != OnDuplicate.KEEP;
    }

    /** Returns whether the send changes the task that has the name and waits. */
    static boolean changes(TaskOptions options) {
        return options.debounce() != null || options.onDuplicate() == OnDuplicate.REPLACE;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        if (options.id() != null) {
            names.add("id " + options.id());
        }
        if (options.uniqueKey() != null) {
            names.add("key " + options.uniqueKey());
        }
        return names;
    }

    Sending sending(String sentBy) {
        return new Sending(List.of(record), dueNow, parked, sentBy);
    }
}
