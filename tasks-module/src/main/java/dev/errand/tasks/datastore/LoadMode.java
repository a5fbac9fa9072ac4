package dev.errand.tasks.datastore;

import dev.errand.tasks.http.BadArgumentException;
import java.util.Arrays;
import java.util.Locale;

/** The way in which a file's rows come into a table. */
public enum LoadMode {
    /** The table has the file's rows and no others. */
    REPLACE,
    /** The rows are added. */
    APPEND,
    /** A row with a key that the table has replaces that row; others are added. */
    UPSERT;

    /**
     * Reads a mode.
     *
     * @param text null: {@link #REPLACE}
     */
    public static LoadMode of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text().equals(text == null ? "replace" : text))
                .findFirst()
                .orElseThrow(
                        () -> new BadArgumentException("mode is \"" + text + "\". Allowed: replace, append, upsert."));
    }

    /** Returns the name in a task's argument. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
