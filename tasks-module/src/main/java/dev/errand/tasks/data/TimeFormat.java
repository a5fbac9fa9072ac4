package dev.errand.tasks.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/**
 * The format of a schema's field with dates or times. For one thread.
 *
 * @param type the name of the type in the schema
 * @param pattern the pattern of the format; null if it has none
 */
record TimeFormat(String type, ColumnType column, String format, DateTimeFormatter pattern, CellScan scan) {

    static TimeFormat of(String type, ColumnType column, String format, String place) {
        DateTimeFormatter pattern = format.contains("%") ? StrptimePattern.of(format, place) : null;
        return new TimeFormat(type, column, format, pattern, new CellScan());
    }

    /** Reads a text without spaces around it. */
    String read(String text) throws CellException {
        if (pattern != null) {
            try {
                return written(pattern.parse(text));
            } catch (DateTimeException e) {
                throw FieldFormat.wrong(type + " in the format " + format);
            }
        }
        int kinds = scan.read(text);
        boolean iso = (kinds & (CellScan.YMD | CellScan.TIME)) != 0;
        int kind = iso ? kinds : format.equals("any") ? kinds & CellScan.DATE : 0;
        int layout =
                (kind & CellScan.YMD) != 0 ? CellScan.YMD : (kind & CellScan.DMY) != 0 ? CellScan.DMY : CellScan.MDY;
        boolean fits =
                switch (column) {
                    case TIME -> (kind & CellScan.TIME) != 0;
                    case DATE -> (kind & CellScan.DATE) != 0 && !scan.date.hasTime;
                    default -> (kind & CellScan.DATE) != 0 && scan.date.hasTime;
                };
        if (!fits) {
            throw FieldFormat.wrong(type + (format.equals("any") ? "" : " as ISO 8601 writes it"));
        }
        if (column == ColumnType.INSTANT && !scan.date.hasOffset) {
            scan.date.hasOffset = true;
            scan.date.offsetMinutes = 0;
        }
        return new InferredFormat(column, kind == CellScan.TIME ? CellScan.TIME : layout, scan).read(text);
    }

    private String written(TemporalAccessor time) throws CellException {
        LocalDate date = time.query(TemporalQueries.localDate());
        LocalTime clock = time.query(TemporalQueries.localTime());
        ZoneOffset offset = time.query(TemporalQueries.offset());
        if (column != ColumnType.TIME && date == null || column != ColumnType.DATE && clock == null) {
            throw FieldFormat.wrong(type + " in the format " + format);
        }
        return switch (column) {
            case DATE -> date.toString();
            case TIME -> clock(clock);
            case INSTANT ->
                InferredFormat.utc(OffsetDateTime.of(date, clock, offset == null ? ZoneOffset.UTC : offset)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime());
            default -> LocalDateTime.of(date, clock).toLocalDate() + " " + clock(clock);
        };
    }

    private static String clock(LocalTime time) {
        return InferredFormat.time(
                        new StringBuilder(), time.getHour(), time.getMinute(), time.getSecond(), time.getNano())
                .toString();
    }
}
