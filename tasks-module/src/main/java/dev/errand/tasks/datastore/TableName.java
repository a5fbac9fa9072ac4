package dev.errand.tasks.datastore;

import dev.errand.tasks.http.BadArgumentException;
import java.util.Locale;

/**
 * The name of a table, in lower case: names that differ by case only are one table. Immutable.
 *
 * @param text 1 to 63 letters, digits, {@code _} and {@code -} of ASCII
 */
public record TableName(String text) {
    private static final String RESERVED = "errand_";

    /**
     * Checks a name.
     *
     * @throws BadArgumentException if it is not allowed
     */
    public static TableName of(String text) {
        if (text == null || !text.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            throw new BadArgumentException(
                    "table is \"" + text + "\". Allowed: 1 to 63 of the characters A-Z, a-z, 0-9, _"
                            + " and -, the first one a letter or a digit.");
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (name.startsWith(RESERVED)) {
            throw new BadArgumentException("table is \"" + text + "\". Names that begin with " + RESERVED
                    + " belong to Errand. Use another name.");
        }
        return new TableName(name);
    }

    /**
     * Makes a name of a file's name, for a task that names no table.
     *
     * @return a valid name
     */
    public static TableName ofFile(String file) {
        String name = file.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        name = name.isEmpty() || name.startsWith(RESERVED) ? "data_" + name : name;
        return of(name.substring(0, Math.min(63, name.length())));
    }
}
