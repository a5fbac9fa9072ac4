package dev.errand.tasks.data;

/**
 * The facts about all cells of a column, from which its type follows. The type is decided when all rows are read, so a
 * late row cannot disagree. For one thread.
 */
final class ColumnProfile {
    /** The most digits of a whole number: with more, it is a decimal. */
    private static final int INTEGER_DIGITS = 18;

    private final CellScan scan;
    private int possible = -1;
    private int seen;
    private long values;
    private long markers;
    private int pointDigits;
    private int pointScale;
    private int commaDigits;
    private int commaScale;
    private boolean commaThousand;
    private boolean pointThousand;
    private boolean times;
    private boolean offsets;
    private boolean noOffsets;
    private boolean dayIsNotMonth;
    private int maxChars;
    private long empty;

    ColumnProfile(CellScan scan) {
        this.scan = scan;
    }

    void add(String cell) {
        int length = cell.length();
        if (length == 0 || Blanks.isSpace(cell.charAt(0)) && Blanks.isBlank(cell)) {
            empty++;
            return;
        }
        maxChars = Math.max(maxChars, length);
        if (possible == 0) {
            values++;
            return;
        }
        int kinds = scan.read(cell);
        if (kinds == CellScan.MARKER) {
            markers++;
            return;
        }
        values++;
        possible &= kinds;
        seen |= kinds;
        if ((kinds & CellScan.NUMBER) != 0) {
            addNumber(kinds);
        } else if ((kinds & CellScan.DATE) != 0) {
            times |= scan.date.hasTime;
            offsets |= scan.date.hasOffset;
            noOffsets |= !scan.date.hasOffset;
            dayIsNotMonth |= scan.date.first != scan.date.second;
        }
    }

    private void addNumber(int kinds) {
        boolean point = (kinds & CellScan.POINT) != 0;
        boolean comma = (kinds & CellScan.COMMA) != 0;
        if (point) {
            pointDigits = Math.max(pointDigits, scan.number.pointDigits);
            pointScale = Math.max(pointScale, scan.number.pointScale);
        }
        if (comma) {
            commaDigits = Math.max(commaDigits, scan.number.commaDigits);
            commaScale = Math.max(commaScale, scan.number.commaScale);
        }
        if (point && comma && scan.number.pointScale != scan.number.commaScale) {
            commaThousand |= scan.number.commaScale > 0;
            pointThousand |= scan.number.pointScale > 0;
        }
    }

    long empty() {
        return empty;
    }

    int maxChars() {
        return maxChars;
    }

    /** Returns whether the column has values, and their decimal separator can only be the comma. */
    boolean showsComma() {
        return values > 0 && (possible & (CellScan.COMMA | CellScan.POINT)) == CellScan.COMMA && commaScale > 0;
    }

    boolean showsPoint() {
        return values > 0 && (possible & (CellScan.COMMA | CellScan.POINT)) == CellScan.POINT && pointScale > 0;
    }

    /**
     * The decision about a column.
     *
     * @param kind the kind of {@link CellScan}; 0 for a text
     * @param doubt the reason why the column is a text although each cell has a type; null if there is none
     */
    record Decision(ColumnType type, int kind, int scale, String doubt) {
        static Decision text(String doubt) {
            return new Decision(ColumnType.TEXT, 0, 0, doubt);
        }
    }

    /**
     * Decides.
     *
     * @param comma whether another column shows that the file's decimal separator is the comma
     * @param point the same for the point
     * @param semicolon whether semicolons separate the cells, as where the comma is the decimal separator
     */
    Decision decide(boolean comma, boolean point, boolean semicolon) {
        if (values == 0 || possible == 0) {
            return Decision.text(null);
        }
        if ((possible & CellScan.BOOLEAN) != 0) {
            return new Decision(ColumnType.BOOLEAN, possible & CellScan.BOOLEAN, 0, null);
        }
        if ((possible & CellScan.TIME) != 0) {
            return new Decision(ColumnType.TIME, CellScan.TIME, 0, null);
        }
        if ((possible & CellScan.DATE) != 0) {
            return date();
        }
        if ((possible & CellScan.INTEGER) != 0) {
            return whole(CellScan.INTEGER, pointDigits);
        }
        boolean both = (possible & CellScan.POINT) != 0 && (possible & CellScan.COMMA) != 0;
        if (both && (commaThousand || pointThousand)) {
            return thousands(comma, point, semicolon);
        }
        if ((possible & CellScan.POINT) != 0) {
            return number(CellScan.POINT);
        }
        if ((possible & CellScan.COMMA) != 0) {
            return number(CellScan.COMMA);
        }
        return new Decision(ColumnType.FLOAT, CellScan.FLOAT, 0, null);
    }

    /** Decides about {@code 1,234} or {@code 1.234}, where each cell may be either. */
    private Decision thousands(boolean comma, boolean point, boolean semicolon) {
        if (commaThousand && pointThousand) {
            return Decision.text(
                    "Some values have a point, some a comma, and each may separate thousands or decimals.");
        }
        if (comma != point) {
            return number(comma ? CellScan.COMMA : CellScan.POINT);
        }
        if (pointThousand) {
            return number(CellScan.POINT);
        }
        return semicolon
                ? number(CellScan.COMMA)
                : Decision.text("The comma of all values may separate thousands or decimals.");
    }

    private Decision number(int kind) {
        int scale = kind == CellScan.POINT ? pointScale : commaScale;
        return scale == 0
                ? whole(kind, kind == CellScan.POINT ? pointDigits : commaDigits)
                : new Decision(ColumnType.DECIMAL, kind, scale, null);
    }

    private static Decision whole(int kind, int digits) {
        return new Decision(digits > INTEGER_DIGITS ? ColumnType.DECIMAL : ColumnType.INTEGER, kind, 0, null);
    }

    private Decision date() {
        int kind = possible & CellScan.DATE;
        if (kind == (CellScan.DMY | CellScan.MDY)) {
            if (dayIsNotMonth) {
                return Decision.text("Day or month may be first in all dates.");
            }
            kind = CellScan.DMY;
        }
        if (offsets && (noOffsets || !times)) {
            return Decision.text("Some times have an offset, some have none.");
        }
        return new Decision(
                !times ? ColumnType.DATE : offsets ? ColumnType.INSTANT : ColumnType.DATETIME, kind, 0, null);
    }

    /** Returns whether every cell with a value is a number, a date, a time or a yes or no. */
    boolean isTyped() {
        return values > 0 && possible != 0 && seen != 0;
    }
}
