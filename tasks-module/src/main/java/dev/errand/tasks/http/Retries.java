package dev.errand.tasks.http;

import dev.errand.api.ErrandException;
import dev.errand.api.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Decides the effect of a failed call on the task, where the handler's retry policy alone cannot express it. Pure. */
public final class Retries {
    /**
     * The number of retries for an unknown host: enough to distinguish a short DNS problem from a wrong host name,
     * which stays wrong.
     */
    static final int FOR_UNRESOLVED_HOST = 3;

    /** The waits between the tries of a delivery, three days in all, as Standard Webhooks proposes them. */
    private static final List<Duration> OVER_DAYS = Stream.of(
                    "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
            .map(Duration::parse)
            .toList();

    private Retries() {}

    /** Returns the exception that the handler throws: the same one, or a request for another run. */
    public static ErrandException decide(OutgoingHttpException failure, TaskContext task) {
        if (failure instanceof UnresolvedHostException && task.retries() < FOR_UNRESOLVED_HOST) {
            return task.retry(failure);
        }
        if (failure instanceof TemporaryStatusException temporary
                && temporary.retryAfter().isPresent()) {
            return task.retry(failure).countdown(temporary.retryAfter().get());
        }
        return failure;
    }

    /** Decides the same for a receiver that has subscribed, and may be away for days. */
    public static ErrandException decideOverDays(OutgoingHttpException failure, TaskContext task) {
        if (!(failure instanceof TransientHttpException) && !(failure instanceof UnresolvedHostException)) {
            return failure;
        }
        Duration planned = OVER_DAYS.get(Math.min(task.retries(), OVER_DAYS.size() - 1));
        Duration asked = failure instanceof TemporaryStatusException temporary
                ? temporary.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return task.retry(failure)
                .countdown(asked.compareTo(planned) > 0 ? asked : planned)
                .maxRetries(OVER_DAYS.size());
    }
}
