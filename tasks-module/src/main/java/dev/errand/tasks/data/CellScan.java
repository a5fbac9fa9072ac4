package dev.errand.tasks.data;

/**
 * The kinds of values that one text may be: a number, a date, a time, a yes or no. After {@link #read},
 * {@link #number} and {@link #date} describe the value. One object reads many texts. For one thread.
 */
final class CellScan {
    static final int INTEGER = 1;
    /** A number whose decimal separator is the point, and one whose separator is the comma. */
    static final int POINT = 2;

    static final int COMMA = 4;
    static final int FLOAT = 8;
    /** Year, month, day in this order; day, month, year; month, day, year. With or without a time. */
    static final int YMD = 16;

    static final int DMY = 32;
    static final int MDY = 64;
    static final int TIME = 128;
    static final int TRUE_FALSE = 256;
    static final int YES_NO = 512;
    /** A text that often stands for a missing value. */
    static final int MARKER = 1024;

    static final int NUMBER = INTEGER | POINT | COMMA | FLOAT;
    static final int DATE = YMD | DMY | MDY;
    static final int BOOLEAN = TRUE_FALSE | YES_NO;

    /** A longer text is no number and no date: nothing in it is worth the time. */
    private static final int MOST_CHARS = 64;

    /** The value, if it may be a number. */
    final NumberScan number = new NumberScan();

    /** The value, if it may be a date or a time. */
    final DateScan date = new DateScan();

    private String text;
    private int end;

    /**
     * Reads a text that is not blank.
     *
     * @return the kinds that it may be; 0 if it is only a text
     */
    int read(String cell) {
        int from = Blanks.start(cell);
        end = Blanks.end(cell, from);
        if (from == end || end - from > MOST_CHARS) {
            return 0;
        }
        text = cell;
        char c = cell.charAt(from);
        if (NumberScan.isDigit(c)) {
            int numbers = number.read(cell, from, end);
            return numbers != 0 ? numbers : date.read(cell, from, end);
        }
        if ((c == '-' || c == '\u2212') && end - from > 1) {
            return number.read(cell, from + 1, end) | (is(from, "--") ? MARKER : 0);
        }
        if ((c == '.' || c == ',') && end - from > 1) {
            return number.read(cell, from, end) | (is(from, "..") ? MARKER : 0);
        }
        return word(from);
    }

    private int word(int from) {
        return switch (end - from) {
            case 1 -> text.charAt(from) == '-' || text.charAt(from) == '?' ? MARKER : 0;
            case 2 -> is(from, "no") ? YES_NO : is(from, "NA") ? MARKER : 0;
            case 3 -> is(from, "yes") ? YES_NO : is(from, "N/A") || is(from, "NaN") || is(from, "n.a") ? MARKER : 0;
            case 4 ->
                is(from, "true")
                        ? TRUE_FALSE
                        : is(from, "null") || is(from, "none") || is(from, "#N/A") || is(from, "n.a.") ? MARKER : 0;
            case 5 -> is(from, "false") ? TRUE_FALSE : 0;
            default -> 0;
        };
    }

    private boolean is(int from, String word) {
        return end - from == word.length() && text.regionMatches(true, from, word, 0, word.length());
    }
}
