package dev.errand.web.rest;

import dev.errand.api.InvalidOptionException;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.web.http.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The query of {@code GET /tasks}, read strictly: a typing error must not list everything. An empty value means any. */
final class ListQuery {
    private static final List<String> PARAMETERS = List.of("state", "task", "queue", "limit", "cursor");

    private ListQuery() {}

    /** @throws BadInputException naming the parameter at fault */
    static TaskFilter of(Map<String, List<String>> query) {
        TaskFilter filter = TaskFilter.all();
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            filter = with(filter, parameter.getKey(), parameter.getValue());
        }
        return filter;
    }

    private static TaskFilter with(TaskFilter filter, String name, List<String> values) {
        if (!PARAMETERS.contains(name)) {
            throw new BadInputException(name, "There is no parameter \"" + name + "\". Allowed: " + PARAMETERS + ".");
        }
        if (values.size() > 1) {
            throw new BadInputException(name, "The parameter \"" + name + "\" is given " + values.size() + " times.");
        }
        String value = values.get(0);
        if (value == null || value.isEmpty()) {
            return filter;
        }
        return switch (name) {
            case "state" -> filter.state(state(value));
            case "task" -> filter.task(value);
            case "queue" -> filter.queue(value);
            case "limit" -> limited(filter, value);
            default -> filter.cursor(value);
        };
    }

    private static TaskState state(String value) {
        try {
            return TaskState.valueOf(value);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    "state",
                    "There is no state \"" + value + "\". Allowed: " + Arrays.toString(TaskState.values()) + ".");
        }
    }

    private static TaskFilter limited(TaskFilter filter, String value) {
        try {
            return filter.limit(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw new BadInputException("limit", "limit \"" + value + "\" is not a number between 1 and 1000.");
        } catch (InvalidOptionException e) {
            throw new BadInputException("limit", e.getMessage());
        }
    }
}
