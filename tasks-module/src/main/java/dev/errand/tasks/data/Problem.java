package dev.errand.tasks.data;

import java.util.Locale;

/**
 * A problem of a file. Immutable.
 *
 * @param row the line of the file, or the row of the sheet, from 1; 0 if the problem is not in one row
 * @param column the name of the column; null if the problem is not in one column
 * @param position the number of the column, or of the character in a malformed line of JSON, from 1; 0 if none
 * @param value the beginning of the value; null if there is none
 * @param code the kind of problem
 * @param reason the reason, for people to read
 */
public record Problem(long row, String column, int position, String value, String code, String reason) {
    private static final int VALUE_CHARS = 100;
    private static final int REASON_CHARS = 500;

    static Problem of(long row, String column, int position, String value, Code code, String reason) {
        return new Problem(row, column, position, cut(value, VALUE_CHARS), code.text(), cut(reason, REASON_CHARS));
    }

    private static String cut(String text, int chars) {
        return text == null || text.length() <= chars ? text : text.substring(0, chars) + "…";
    }

    /** The kinds of problems. A warning does not keep a row from being loaded. */
    enum Code {
        FILE,
        EXTRA_CELL,
        MISSING_CELL,
        BAD_CHARACTER,
        ENCODING,
        BAD_JSON,
        CELL_ERROR,
        TYPE,
        REQUIRED,
        UNIQUE,
        PRIMARY_KEY,
        MINIMUM,
        MAXIMUM,
        MIN_LENGTH,
        MAX_LENGTH,
        PATTERN,
        ENUM,
        MISSING_COLUMN,
        EXTRA_COLUMN,
        PREAMBLE,
        BLANK_ROW,
        HEADER_CHANGED,
        AMBIGUOUS;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
