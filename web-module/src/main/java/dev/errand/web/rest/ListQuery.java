package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The query of {@code GET /tasks}, which selects tasks. */
final class ListQuery {
    private static final List<String> PARAMETERS =
            List.of("state", "task", "queue", "id", "title", "tag", "schedule", "limit", "cursor");

    private static final int MAX_LIMIT = 1_000;

    private ListQuery() {}

    /**
     * Reads the query.
     *
     * @throws InvalidValueException naming the parameter at fault
     */
    static TaskFilter of(Map<String, List<String>> query) {
        return QueryParameters.read(
                query, PARAMETERS, List.of("tag"), TaskFilter.all(), (filter, name, value) -> switch (name) {
                    case "state" -> filter.state(state(value));
                    case "task" -> filter.task(value);
                    case "queue" -> filter.queue(value);
                    case "id" -> filter.id(value);
                    case "title" -> filter.title(value);
                    case "tag" -> filter.tag(value);
                    case "schedule" -> filter.schedule(value);
                    case "limit" -> QueryParameters.number(filter, name, value, 1, MAX_LIMIT, TaskFilter::limit);
                    default -> filter.cursor(value);
                });
    }

    private static TaskState state(String value) {
        try {
            return TaskState.valueOf(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "state",
                    "There is no state \"" + value + "\". Allowed: " + Arrays.toString(TaskState.values()) + ".");
        }
    }
}
