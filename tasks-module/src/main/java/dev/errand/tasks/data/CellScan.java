package dev.errand.tasks.data;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The kinds of values that one text may be: a number, a date, a time, a yes or no. After {@link #read}, the fields describe
 * the value. One object reads many texts. For one thread.
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

    /** The digits before and after the decimal separator, if it is the point or the comma. */
    int pointDigits;

    int pointScale;
    int commaDigits;
    int commaScale;

    int year;
    int first;
    int second;
    boolean hasTime;
    int hour;
    int minute;
    int secondOfMinute;
    int nanos;
    boolean hasOffset;
    int offsetMinutes;

    private String text;
    private int end;
    private int at;
    private int scale;

    static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2007' || c == '\uFEFF' || c == '\u3000';
    }

    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text without the spaces around it. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /**
     * Reads a text that is not blank.
     *
     * @return the kinds that it may be; 0 if it is only a text
     */
    int read(String cell) {
        int from = 0;
        end = cell.length();
        while (from < end && isSpace(cell.charAt(from))) {
            from++;
        }
        while (end > from && isSpace(cell.charAt(end - 1))) {
            end--;
        }
        if (from == end || end - from > MOST_CHARS) {
            return 0;
        }
        text = cell;
        at = from;
        char c = cell.charAt(from);
        if (c >= '0' && c <= '9') {
            int numbers = number(from);
            return numbers != 0 ? numbers : dateOrTime(from);
        }
        if ((c == '-' || c == '\u2212') && end - from > 1) {
            return number(from + 1) | (is(from, "--") ? MARKER : 0);
        }
        if ((c == '.' || c == ',') && end - from > 1) {
            return number(from) | (is(from, "..") ? MARKER : 0);
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

    /** Reads a number without its sign. Leading zeros are part of a code, so such a text is no number. */
    private int number(int digits) {
        int i = digits;
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        if (i == end) {
            if (i - digits > 1 && text.charAt(digits) == '0' || i == digits) {
                return 0;
            }
            pointDigits = i - digits;
            commaDigits = pointDigits;
            pointScale = 0;
            commaScale = 0;
            return INTEGER | POINT | COMMA | FLOAT;
        }
        int kinds = 0;
        int whole = decimal(digits, '.', ',');
        if (whole >= 0) {
            pointDigits = whole;
            pointScale = scale;
            kinds |= POINT | FLOAT;
        }
        whole = decimal(digits, ',', '.');
        if (whole >= 0) {
            commaDigits = whole;
            commaScale = scale;
            kinds |= COMMA;
        }
        if (kinds == 0 && isFloat(digits)) {
            kinds = FLOAT;
        }
        return kinds;
    }

    /**
     * Reads digits, perhaps in groups of three, then perhaps the separator and digits.
     *
     * @return the number of digits before the separator; -1 if the text is something else
     */
    private int decimal(int from, char separator, char group) {
        int i = from;
        int whole = 0;
        int inGroup = 0;
        char used = 0;
        for (; i < end && text.charAt(i) != separator; i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                whole++;
                inGroup++;
            } else if (isGroup(c, group) && (used == 0 || used == c)) {
                if (used == 0 ? inGroup < 1 || inGroup > 3 : inGroup != 3) {
                    return -1;
                }
                used = c;
                inGroup = 0;
            } else {
                return -1;
            }
        }
        if (used != 0 && inGroup != 3 || whole > 1 && text.charAt(from) == '0') {
            return -1;
        }
        scale = 0;
        if (i < end) {
            for (i++; i < end; i++) {
                if (!isDigit(text.charAt(i))) {
                    return -1;
                }
                scale++;
            }
            if (scale == 0) {
                return -1;
            }
        }
        return whole;
    }

    private static boolean isGroup(char c, char group) {
        return c == group || c == ' ' || c == '\'' || c == '\u00A0' || c == '\u202F' || c == '\u2019' || c == '\u2009';
    }

    /** Returns whether it is a number with an exponent, as programs write it. */
    private boolean isFloat(int from) {
        int i = from;
        int digits = 0;
        while (i < end && (isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
            digits += text.charAt(i) == '.' ? 0 : 1;
            i++;
        }
        boolean points =
                text.substring(from, i).indexOf('.') == text.substring(from, i).lastIndexOf('.');
        if (digits == 0 || !points || i == end || (text.charAt(i) | 0x20) != 'e') {
            return false;
        }
        i++;
        if (i < end && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int exponent = i;
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        return i == end
                && i - exponent >= 1
                && i - exponent <= 3
                && Double.isFinite(Double.parseDouble(text.substring(from, end)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int dateOrTime(int from) {
        at = from;
        int a = digits(4);
        int width = at - from;
        if (at == end || a < 0) {
            return 0;
        }
        char separator = text.charAt(at);
        hasTime = false;
        hasOffset = false;
        if (separator == ':') {
            at = from;
            return width <= 2 && clock() && at == end ? TIME : 0;
        }
        if (separator != '-' && separator != '/' && separator != '.') {
            return 0;
        }
        at++;
        int bFrom = at;
        int b = digits(2);
        if (b < 0 || at == bFrom || at == end || text.charAt(at) != separator) {
            return 0;
        }
        at++;
        int cFrom = at;
        int c = digits(4);
        int cWidth = at - cFrom;
        if (c < 0 || at < end && !rest()) {
            return 0;
        }
        if (width == 4 && cWidth <= 2 && cWidth > 0) {
            year = a;
            return isDate(a, b, c) ? set(b, c) | YMD : 0;
        }
        if (width > 2 || cWidth != 4) {
            return 0;
        }
        year = c;
        int kinds = isDate(c, b, a) ? DMY : 0;
        // with points, the day is first everywhere
        kinds |= separator != '.' && isDate(c, a, b) ? MDY : 0;
        set(a, b);
        return kinds;
    }

    private int set(int a, int b) {
        first = a;
        second = b;
        return 0;
    }

    private static boolean isDate(int year, int month, int day) {
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        try {
            return day <= 28 || LocalDate.of(year, month, day) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Reads the time after a date. */
    private boolean rest() {
        char c = text.charAt(at);
        if (c != 'T' && c != 't' && c != ' ') {
            return false;
        }
        at++;
        if (!clock()) {
            return false;
        }
        hasTime = true;
        return at == end || offset();
    }

    private boolean clock() {
        int from = at;
        hour = digits(2);
        if (hour < 0 || at == from || hour > 23 || !skip(':')) {
            return false;
        }
        from = at;
        minute = digits(2);
        if (minute > 59 || at != from + 2) {
            return false;
        }
        secondOfMinute = 0;
        nanos = 0;
        if (!skip(':')) {
            return true;
        }
        from = at;
        secondOfMinute = digits(2);
        if (secondOfMinute > 59 || at != from + 2) {
            return false;
        }
        if (skip('.') || skip(',')) {
            from = at;
            int fraction = digits(9);
            if (at == from) {
                return false;
            }
            for (int i = at - from; i < 9; i++) {
                fraction *= 10;
            }
            nanos = fraction;
        }
        return true;
    }

    private boolean offset() {
        skip(' ');
        if (at < end && (text.charAt(at) == 'Z' || text.charAt(at) == 'z') && at + 1 == end) {
            hasOffset = true;
            offsetMinutes = 0;
            at = end;
            return true;
        }
        if (at == end || text.charAt(at) != '+' && text.charAt(at) != '-') {
            return false;
        }
        int sign = text.charAt(at) == '-' ? -1 : 1;
        at++;
        int from = at;
        int hours = digits(2);
        if (at != from + 2 || hours > 18) {
            return false;
        }
        skip(':');
        from = at;
        int minutes = at == end ? 0 : digits(2);
        if (at != end || at != from && at != from + 2 || minutes > 59) {
            return false;
        }
        hasOffset = true;
        offsetMinutes = sign * (hours * 60 + minutes);
        return true;
    }

    private boolean skip(char c) {
        if (at < end && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads digits, at most so many; returns -1 if there are more. */
    private int digits(int most) {
        int value = 0;
        int from = at;
        while (at < end && isDigit(text.charAt(at))) {
            if (at - from == most) {
                return -1;
            }
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        return value;
    }
}
