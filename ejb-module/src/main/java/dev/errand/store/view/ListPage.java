package dev.errand.store.view;

import dev.errand.store.view.TaskQueries.Row;
import java.util.List;

/**
 * The rows that fit into one page: up to the limit, and up to a megabyte of text. A page may have no rows although a
 * next page exists. Pure.
 *
 * @param next the beginning of the next page; null if this is the last page
 */
public record ListPage(List<Row> rows, PageCursor next) {
    static final int MAX_CHARS = 1 << 20;

    /** The size of the fields that each row has, and of the JSON around them. */
    private static final int FIXED_CHARS = 400;

    /**
     * Cuts a page.
     *
     * @param read the rows in their order, possibly more than the limit
     * @param end the beginning of the next page if all rows fit; null if there is none
     */
    static ListPage of(List<Row> read, int limit, PageCursor end) {
        int fit = 0;
        long chars = 0;
        while (fit < Math.min(limit, read.size())) {
            chars += chars(read.get(fit).task());
            if (fit > 0 && chars > MAX_CHARS) {
                break;
            }
            fit++;
        }
        if (fit == read.size()) {
            return new ListPage(read, end);
        }
        TaskSnapshot last = read.get(fit - 1).task();
        return new ListPage(read.subList(0, fit), new PageCursor(last.createdAt(), last.id()));
    }

    private static long chars(TaskSnapshot task) {
        return FIXED_CHARS
                + length(task.id())
                + length(task.argument())
                + length(task.result())
                + (task.error() == null ? 0 : length(task.error().message()))
                + (task.progress() == null ? 0 : length(task.progress().message()));
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
