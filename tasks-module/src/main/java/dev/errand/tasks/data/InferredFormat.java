package dev.errand.tasks.data;

import java.time.LocalDateTime;

/**
 * The format of a column whose type was found by {@link ColumnProfile}.
 *
 * @param kind the kind of {@link CellScan} that all cells of the column have
 */
record InferredFormat(ColumnType type, int kind, CellScan scan) implements CellFormat {

    @Override
    public String read(String cell) throws CellException {
        if (type == ColumnType.TEXT) {
            return Blanks.isBlank(cell) ? null : cell;
        }
        String plain = plain(cell);
        if (plain != null) {
            return plain;
        }
        if (Blanks.isBlank(cell)) {
            return null;
        }
        int kinds = scan.read(cell);
        if ((kinds & CellScan.MARKER) != 0) {
            return null;
        }
        if ((kinds & kind) == 0) {
            // all cells were read before
            throw new CellException(Problem.Code.TYPE, "The value is no " + type.text() + ". Did the file change?");
        }
        String text = Blanks.trimmed(cell);
        return switch (type) {
            case INTEGER, DECIMAL -> number(text);
            case FLOAT -> number(text);
            case BOOLEAN -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") ? "true" : "false";
            case TIME -> time(new StringBuilder()).toString();
            case DATE -> date(new StringBuilder()).toString();
            case DATETIME -> time(date(new StringBuilder()).append(' ')).toString();
            case INSTANT -> instant();
            case TEXT -> cell;
        };
    }

    /** Returns the cell itself if it is in the right form already, as nearly all numbers and dates are. */
    private String plain(String cell) {
        int length = cell.length();
        if (type == ColumnType.INTEGER || type == ColumnType.DECIMAL && kind == CellScan.POINT) {
            int points = 0;
            for (int i = 0; i < length; i++) {
                char c = cell.charAt(i);
                if (c == '.' && i > 0 && type == ColumnType.DECIMAL && points == 0) {
                    points++;
                } else if ((c < '0' || c > '9') && (c != '-' || i > 0 || length == 1)) {
                    return null;
                }
            }
            return length == 0 ? null : cell;
        }
        return type == ColumnType.DATE && kind == CellScan.YMD && isIsoDate(cell) ? cell : null;
    }

    private static boolean isIsoDate(String cell) {
        if (cell.length() != 10) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            char c = cell.charAt(i);
            if (i == 4 || i == 7 ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private String number(String text) {
        StringBuilder number = new StringBuilder(text.length());
        char separator = kind == CellScan.COMMA ? ',' : '.';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator) {
                number.append(number.isEmpty() || number.toString().equals("-") ? "0." : ".");
            } else if (c >= '0' && c <= '9' || kind == CellScan.FLOAT && (c | 0x20) == 'e' || c == '+') {
                number.append(c);
            } else if (c == '-' || c == '\u2212') {
                number.append('-');
            }
        }
        return number.toString();
    }

    private int month() {
        return kind == CellScan.DMY ? scan.date.second : scan.date.first;
    }

    private int day() {
        return kind == CellScan.DMY ? scan.date.first : scan.date.second;
    }

    private StringBuilder date(StringBuilder text) {
        two(text, scan.date.year / 100);
        two(text, scan.date.year % 100).append('-');
        return two(two(text, month()).append('-'), day());
    }

    private StringBuilder time(StringBuilder text) {
        return scan.date.hasTime || type == ColumnType.TIME
                ? time(text, scan.date.hour, scan.date.minute, scan.date.secondOfMinute, scan.date.nanos)
                : text.append("00:00:00");
    }

    static StringBuilder time(StringBuilder text, int hour, int minute, int second, int nanos) {
        two(two(two(text, hour).append(':'), minute).append(':'), second);
        int micros = nanos / 1_000;
        if (micros > 0) {
            text.append('.');
            for (int unit = 100_000; unit > 0 && micros > 0; unit /= 10) {
                text.append((char) ('0' + micros / unit));
                micros %= unit;
            }
        }
        return text;
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private String instant() {
        LocalDateTime time = LocalDateTime.of(
                        scan.date.year,
                        month(),
                        day(),
                        scan.date.hour,
                        scan.date.minute,
                        scan.date.secondOfMinute,
                        scan.date.nanos)
                .minusMinutes(scan.date.offsetMinutes);
        return utc(time);
    }

    static String utc(LocalDateTime time) {
        StringBuilder text = new StringBuilder(time.toLocalDate().toString()).append(' ');
        return time(text, time.getHour(), time.getMinute(), time.getSecond(), time.getNano())
                .append("+00")
                .toString();
    }
}
