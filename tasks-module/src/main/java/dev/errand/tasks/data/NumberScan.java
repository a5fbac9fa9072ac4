package dev.errand.tasks.data;

/**
 * The readings of a text as a number: with the point or the comma as the decimal separator, with groups of digits, with an
 * exponent. After {@link #read}, the fields describe the value. For one thread.
 */
final class NumberScan {
    /** The digits before and after the decimal separator, if it is the point or the comma. */
    int pointDigits;

    int pointScale;
    int commaDigits;
    int commaScale;

    private String text;
    private int end;
    private int scale;

    /**
     * Reads a number without its sign. Leading zeros are part of a code, so such a text is no number.
     *
     * @return the kinds of {@link CellScan} that it may be; 0 if it is none
     */
    int read(String cell, int digits, int to) {
        text = cell;
        end = to;
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
            return CellScan.INTEGER | CellScan.POINT | CellScan.COMMA | CellScan.FLOAT;
        }
        int kinds = 0;
        int whole = decimal(digits, '.', ',');
        if (whole >= 0) {
            pointDigits = whole;
            pointScale = scale;
            kinds |= CellScan.POINT | CellScan.FLOAT;
        }
        whole = decimal(digits, ',', '.');
        if (whole >= 0) {
            commaDigits = whole;
            commaScale = scale;
            kinds |= CellScan.COMMA;
        }
        if (kinds == 0 && isFloat(digits)) {
            kinds = CellScan.FLOAT;
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

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
