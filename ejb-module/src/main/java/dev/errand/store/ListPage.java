package dev.errand.store;

import dev.errand.store.TaskQueries.Row;
import java.util.List;

/**
 * The rows that fit into one page: no more than the limit, and no more than a megabyte of texts. There may be none, and a next
 * page nevertheless. Pure.
 *
 * @param next where the page after this one begins; null if this is the last
 */
public record ListPage(List<Row> rows, Cursor next) {
    static final int MAX_CHARS = 1 << 20;

    /** The fields that each row has, and the JSON around them. */
    private static final int FIXED_CHARS = 400;

    /**
     * Cuts a page.
     *
     * @param read in their order, and perhaps more than the limit
     * @param end where the next page begins if all of them fit; null for nowhere
     */
    static ListPage of(List<Row> read, int limit, Cursor end) {
        int fit = 0;
        long chars = 0;
        while (fit < Math.min(limit, read.size())) {
            chars += chars(read.get(fit).record());
            if (fit > 0 && chars > MAX_CHARS) {
                break;
            }
            fit++;
        }
        if (fit == read.size()) {
            return new ListPage(read, end);
        }
        TaskRecord last = read.get(fit - 1).record();
        return new ListPage(read.subList(0, fit), new Cursor(last.createdAt, last.id));
    }

    private static long chars(TaskRecord task) {
        return FIXED_CHARS
                + length(task.id)
                + length(task.argument)
                + length(task.result)
                + length(task.errorMessage)
                + length(task.progressMessage);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
