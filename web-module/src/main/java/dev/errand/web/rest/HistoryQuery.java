package dev.errand.web.rest;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import java.util.List;
import java.util.Map;

/** The query of {@code GET /tasks/{id}}, which selects a part of the runs and log lines. */
final class HistoryQuery {
    private static final List<String> PARAMETERS = List.of("runs", "runsCursor", "log", "logCursor");

    private HistoryQuery() {}

    /**
     * Reads the query.
     *
     * @throws InvalidValueException naming the parameter at fault
     */
    static HistoryPage of(Map<String, List<String>> query) {
        return QueryParameters.read(query, PARAMETERS, HistoryPage.newest(), (page, name, value) -> switch (name) {
            case "runs" -> QueryParameters.number(page, name, value, 0, HistoryPage.MAX, HistoryPage::runs);
            case "log" -> QueryParameters.number(page, name, value, 0, HistoryPage.MAX, HistoryPage::log);
            case "runsCursor" -> page.runsCursor(value);
            default -> page.logCursor(value);
        });
    }
}
