package dev.errand.web.rest;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.web.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The query of {@code GET /tasks/{id}}, which selects a part of the runs and log lines. */
final class HistoryQuery {
    static final String WAIT = "wait";
    private static final List<String> PARAMETERS = List.of("runs", "runsCursor", "log", "logCursor", WAIT);

    /** The longest wait. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private HistoryQuery() {}

    /**
     * Reads the query.
     *
     * @throws InvalidValueException naming the parameter at fault
     */
    static HistoryPage of(Map<String, List<String>> query) {
        return QueryParameters.read(query, PARAMETERS, HistoryPage.newest(), (page, name, value) -> switch (name) {
            case WAIT -> page;
            case "runs" -> QueryParameters.number(page, name, value, 0, HistoryPage.MAX, HistoryPage::runs);
            case "log" -> QueryParameters.number(page, name, value, 0, HistoryPage.MAX, HistoryPage::log);
            case "runsCursor" -> page.runsCursor(value);
            default -> page.logCursor(value);
        });
    }

    /**
     * Returns the time to wait for the end of the task; zero for none.
     *
     * @throws InvalidValueException if it is no duration of at most 60 seconds
     */
    static Duration wait(Map<String, List<String>> query) {
        List<String> values = query.getOrDefault(WAIT, List.of());
        if (values.isEmpty() || values.get(0) == null || values.get(0).isEmpty()) {
            return Duration.ZERO;
        }
        Duration wait = FieldValues.duration(WAIT, Json.ofPlain(values.get(0)));
        if (wait.isNegative() || wait.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    WAIT, "wait " + values.get(0) + " is not between 0 and 60 seconds. Ask again after that time.");
        }
        return wait;
    }
}
