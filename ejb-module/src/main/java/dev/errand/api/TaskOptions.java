package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Options for sending a task: {@code TaskOptions.none().countdown(Duration.ofMinutes(5)).priority(9)}. Immutable: each call
 * returns a changed copy. A value out of its range is refused here, with an {@link InvalidValueException}.
 *
 * @param id 1 to 255 visible ASCII characters; default (null): a UUIDv7
 * @param countdown the wait before the first run; it takes precedence over {@code eta}, as in Celery
 * @param eta the instant at which the first run is due; in the past: at once
 * @param expires the instant from which the task is no longer worth running: if it has not run by then, it becomes REVOKED
 * @param expiresIn the same as a time from the sending; {@code expires} takes precedence
 * @param priority 0 (lowest) to 9 (highest); default: the handler's
 * @param queue the queue in which the task waits; default: the handler's
 * @param maxRetries the largest number of retries after the first run; -1: no limit; default: the handler's
 * @param uniqueKey a key that no other unfinished task may have; 255 visible ASCII characters at most
 * @param onDuplicate the answer if another task has the unique key, or the id; default: {@link OnDuplicate#REFUSE}
 * @param uniqueFor the time from the sending for which the unique key stays taken, even after the task is a SUCCESS; the key of a
 *     task that ends in FAILURE or REVOKED, or that is pruned, is free
 * @param debounce the wait for a pause between sends with the unique key
 * @param timeLimit the longest time for each run, longer than 0; default: the handler's
 * @param title a name for people, 1 to 255 characters, without control characters
 * @param tags at most 10 words for searches, each of 1 to 100 characters, without control characters; never null, without
 *     duplicates
 */
public record TaskOptions(
        String id,
        Duration countdown,
        Instant eta,
        Instant expires,
        Duration expiresIn,
        Integer priority,
        String queue,
        Integer maxRetries,
        String uniqueKey,
        OnDuplicate onDuplicate,
        Duration uniqueFor,
        Debounce debounce,
        Duration timeLimit,
        String title,
        List<String> tags) {

    /** The beginning of the name of a queue that only one node serves; that node's name follows. */
    public static final String NODE_QUEUE = "node:";

    private static final TaskOptions NONE = new TaskOptions(null, null, null, null, null, null, null, null, null);

    /** The largest number of tags of a task. */
    private static final int MOST_TAGS = 10;

    /** Checks each value; null stands for the default. */
    public TaskOptions {
        if (id != null) {
            Checks.id(id);
        }
        if (countdown != null) {
            Checks.countdown(countdown);
        }
        if (eta != null) {
            Checks.instant("eta", eta);
        }
        if (expires != null) {
            Checks.instant("expires", expires);
        }
        if (expiresIn != null) {
            // the name in REST, where expires is an instant or a duration
            Checks.duration("expires", expiresIn);
        }
        if (priority != null) {
            Checks.priority(priority);
        }
        if (queue != null) {
            Checks.queue(queue);
        }
        if (maxRetries != null) {
            Checks.maxRetries(maxRetries);
        }
        if (uniqueKey != null) {
            Checks.name("uniqueKey", uniqueKey, 255);
        }
        if (uniqueFor != null) {
            Checks.longerThanZero("uniqueFor", uniqueFor);
        }
        if (timeLimit != null) {
            Checks.longerThanZero("timeLimit", timeLimit);
        }
        if (title != null) {
            Checks.text("title", title, 255);
        }
        tags = tags == null ? List.of() : tags;
        tags.forEach(tag -> Checks.text("tags", tag, 100));
        tags = List.copyOf(new LinkedHashSet<>(tags));
        if (tags.size() > MOST_TAGS) {
            throw new InvalidValueException(
                    "tags", "There are " + tags.size() + " tags. Use at most " + MOST_TAGS + ".");
        }
    }

    /** Creates options without the later ones, which have their defaults. */
    public TaskOptions(
            String id,
            Duration countdown,
            Instant eta,
            Instant expires,
            Duration expiresIn,
            Integer priority,
            String queue,
            Integer maxRetries,
            String uniqueKey) {
        this(
                id,
                countdown,
                eta,
                expires,
                expiresIn,
                priority,
                queue,
                maxRetries,
                uniqueKey,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Returns options in which each value is the default. */
    public static TaskOptions none() {
        return NONE;
    }

    /** The values of a changed copy. */
    private static final class Draft {
        private String id;
        private Duration countdown;
        private Instant eta;
        private Instant expires;
        private Duration expiresIn;
        private Integer priority;
        private String queue;
        private Integer maxRetries;
        private String uniqueKey;
        private OnDuplicate onDuplicate;
        private Duration uniqueFor;
        private Debounce debounce;
        private Duration timeLimit;
        private String title;
        private List<String> tags;

        Draft(TaskOptions options) {
            id = options.id;
            countdown = options.countdown;
            eta = options.eta;
            expires = options.expires;
            expiresIn = options.expiresIn;
            priority = options.priority;
            queue = options.queue;
            maxRetries = options.maxRetries;
            uniqueKey = options.uniqueKey;
            onDuplicate = options.onDuplicate;
            uniqueFor = options.uniqueFor;
            debounce = options.debounce;
            timeLimit = options.timeLimit;
            title = options.title;
            tags = options.tags;
        }

        TaskOptions options() {
            return new TaskOptions(
                    id,
                    countdown,
                    eta,
                    expires,
                    expiresIn,
                    priority,
                    queue,
                    maxRetries,
                    uniqueKey,
                    onDuplicate,
                    uniqueFor,
                    debounce,
                    timeLimit,
                    title,
                    tags);
        }
    }

    private TaskOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    public TaskOptions id(String id) {
        Checks.id(id);
        return with(draft -> draft.id = id);
    }

    public TaskOptions countdown(Duration countdown) {
        Checks.present("countdown", countdown);
        return with(draft -> draft.countdown = countdown);
    }

    public TaskOptions eta(Instant eta) {
        Checks.present("eta", eta);
        return with(draft -> draft.eta = eta);
    }

    public TaskOptions expires(Instant expires) {
        Checks.present("expires", expires);
        return with(draft -> draft.expires = expires);
    }

    public TaskOptions expiresIn(Duration expiresIn) {
        Checks.present("expiresIn", expiresIn);
        return with(draft -> draft.expiresIn = expiresIn);
    }

    public TaskOptions priority(int priority) {
        return with(draft -> draft.priority = priority);
    }

    public TaskOptions queue(String queue) {
        Checks.present("queue", queue);
        return with(draft -> draft.queue = queue);
    }

    /**
     * Makes a node run the task, and no other one: the task waits in the queue {@code node:NAME}, which only that node serves.
     * While the node is down, the task waits.
     *
     * @param node the name of a node, at most 95 visible ASCII characters
     */
    public TaskOptions runOn(String node) {
        Checks.name("runOn", node, 100 - NODE_QUEUE.length());
        return queue(NODE_QUEUE + node);
    }

    public TaskOptions maxRetries(int maxRetries) {
        return with(draft -> draft.maxRetries = maxRetries);
    }

    public TaskOptions uniqueKey(String uniqueKey) {
        Checks.present("uniqueKey", uniqueKey);
        return with(draft -> draft.uniqueKey = uniqueKey);
    }

    public TaskOptions onDuplicate(OnDuplicate onDuplicate) {
        Checks.present("onDuplicate", onDuplicate);
        return with(draft -> draft.onDuplicate = onDuplicate);
    }

    public TaskOptions uniqueFor(Duration uniqueFor) {
        Checks.present("uniqueFor", uniqueFor);
        return with(draft -> draft.uniqueFor = uniqueFor);
    }

    /**
     * Waits for a pause between the sends with this unique key: each send gives the waiting task its argument and moves its due time
     * to {@code quiet} from now, at most to {@code max} after the first send. It sets the due time, so countdown,
     * eta and {@link #onDuplicate} are refused with it.
     */
    public TaskOptions debounce(Duration quiet, Duration max) {
        Debounce both = new Debounce(quiet, max);
        return with(draft -> draft.debounce = both);
    }

    public TaskOptions timeLimit(Duration timeLimit) {
        Checks.present("timeLimit", timeLimit);
        return with(draft -> draft.timeLimit = timeLimit);
    }

    public TaskOptions title(String title) {
        Checks.present("title", title);
        return with(draft -> draft.title = title);
    }

    /** Replaces the tags. */
    public TaskOptions tags(String... tags) {
        Checks.present("tags", tags);
        for (String tag : tags) {
            Checks.present("tags", tag);
        }
        return with(draft -> draft.tags = List.of(tags));
    }
}
