package dev.errand.tasks.data;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The readings of a text as a date, perhaps with a time, or as a time. After {@link #read}, the fields describe the value.
 * For one thread.
 */
final class DateScan {
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

    /**
     * Reads a text that begins with a digit.
     *
     * @return the kinds of {@link CellScan} that it may be; 0 if it is none
     */
    int read(String cell, int from, int to) {
        text = cell;
        end = to;
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
            return width <= 2 && clock() && at == end ? CellScan.TIME : 0;
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
            return isDate(a, b, c) ? set(b, c) | CellScan.YMD : 0;
        }
        if (width > 2 || cWidth != 4) {
            return 0;
        }
        year = c;
        int kinds = isDate(c, b, a) ? CellScan.DMY : 0;
        // with points, the day is first everywhere
        kinds |= separator != '.' && isDate(c, a, b) ? CellScan.MDY : 0;
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
        while (at < end && NumberScan.isDigit(text.charAt(at))) {
            if (at - from == most) {
                return -1;
            }
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        return value;
    }
}
