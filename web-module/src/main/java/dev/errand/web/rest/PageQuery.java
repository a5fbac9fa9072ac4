package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import java.util.List;
import java.util.Map;

/** The query of a list that has only pages. */
record PageQuery(int limit, String cursor) {
    private static final List<String> PARAMETERS = List.of("limit", "cursor");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;

    /**
     * Reads the query.
     *
     * @throws InvalidValueException naming the parameter at fault
     */
    static PageQuery of(Map<String, List<String>> query) {
        return QueryParameters.read(
                query, PARAMETERS, new PageQuery(DEFAULT_LIMIT, null), (page, name, value) -> switch (name) {
                    case "limit" ->
                        QueryParameters.number(
                                page, name, value, 1, MAX_LIMIT, (read, limit) -> new PageQuery(limit, read.cursor()));
                    default -> new PageQuery(page.limit(), value);
                });
    }
}
