package dev.errand.tasks.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The type and format of a schema's field. For one thread. */
final class FieldFormat implements CellFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TYPES = List.of(
            "any",
            "array",
            "boolean",
            "date",
            "datetime",
            "duration",
            "geojson",
            "geopoint",
            "integer",
            "number",
            "object",
            "string",
            "time",
            "year",
            "yearmonth");

    private static final Pattern DURATION =
            Pattern.compile("-?P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+([.,]\\d+)?S)?)?");

    /** A longer text is no number; Java would take minutes for some. */
    private static final int NUMBER_CHARS = 100;

    private final String type;
    private final String format;
    private final ColumnType column;
    private final DateTimeFormatter pattern;
    private final String decimalChar;
    private final String groupChar;
    private final boolean bareNumber;
    private final List<String> trueValues;
    private final List<String> falseValues;
    private final CellScan scan = new CellScan();
    private int scale;

    private FieldFormat(Map<?, ?> field, String place, String type, String format) {
        this.type = type;
        this.format = format;
        this.decimalChar = text(field, "decimalChar", ".");
        this.groupChar = text(field, "groupChar", "");
        this.bareNumber = !Boolean.FALSE.equals(field.get("bareNumber"));
        List<String> yes = SchemaReader.strings(field.get("trueValues"), place + ".trueValues");
        List<String> no = SchemaReader.strings(field.get("falseValues"), place + ".falseValues");
        this.trueValues = yes == null ? List.of("true", "True", "TRUE", "1") : yes;
        this.falseValues = no == null ? List.of("false", "False", "FALSE", "0") : no;
        this.column = switch (type) {
            case "integer", "year" -> ColumnType.INTEGER;
            case "number" -> ColumnType.DECIMAL;
            case "boolean" -> ColumnType.BOOLEAN;
            case "date" -> ColumnType.DATE;
            case "time" -> ColumnType.TIME;
            case "datetime" ->
                format.equals("default") || format.contains("%z") ? ColumnType.INSTANT : ColumnType.DATETIME;
            default -> ColumnType.TEXT;
        };
        this.pattern = format.contains("%") ? StrptimePattern.of(format, place) : null;
    }

    private static String text(Map<?, ?> field, String part, String fallback) {
        return field.get(part) instanceof String text ? text : fallback;
    }

    static FieldFormat of(Map<?, ?> field, String place) {
        String type = text(field, "type", "any");
        if (!TYPES.contains(type)) {
            throw SchemaReader.wrong(
                    "has the type \"" + type + "\" at " + place + ". Allowed: " + String.join(", ", TYPES));
        }
        String format = text(field, "format", "default");
        boolean temporal = List.of("date", "time", "datetime").contains(type);
        List<String> allowed = temporal
                ? List.of("default", "any")
                : type.equals("string") ? List.of("default", "email", "uri", "uuid", "binary") : List.of(format);
        if (!allowed.contains(format) && !(temporal && format.contains("%"))) {
            throw SchemaReader.wrong("has the format \"" + format + "\" at " + place + ". Allowed for " + type + ": "
                    + String.join(", ", allowed) + (temporal ? ", a pattern such as %d/%m/%Y" : ""));
        }
        return new FieldFormat(field, place, type, format);
    }

    ColumnType column() {
        return column;
    }

    /** Returns the most digits behind the decimal separator of the numbers that were read. */
    int scale() {
        return scale;
    }

    /** Reads a constraint's value, which may be a JSON number or boolean. */
    String readConstant(Object value) throws CellException {
        if (value instanceof Number number && column == ColumnType.DECIMAL) {
            return new BigDecimal(number.toString()).toPlainString();
        }
        if (value instanceof Boolean flag && column == ColumnType.BOOLEAN) {
            return flag.toString();
        }
        return read(String.valueOf(value));
    }

    /** Compares two values, as this format writes them. */
    int compare(String a, String b) {
        return column == ColumnType.INTEGER || column == ColumnType.DECIMAL
                ? new BigDecimal(a).compareTo(new BigDecimal(b))
                : a.compareTo(b);
    }

    @Override
    public String read(String cell) throws CellException {
        if (column == ColumnType.TEXT) {
            return text(cell);
        }
        String text = CellScan.trimmed(cell);
        return switch (column) {
            case INTEGER -> integer(text);
            case DECIMAL -> number(text);
            case BOOLEAN -> yesOrNo(text);
            default -> time(text);
        };
    }

    private String integer(String text) throws CellException {
        String digits = groupChar.isEmpty() ? text : text.replace(groupChar, "");
        digits = bareNumber ? digits : bare(digits);
        digits = digits.startsWith("+") ? digits.substring(1) : digits;
        int from = digits.startsWith("-") ? 1 : 0;
        int length = digits.length() - from;
        for (int i = from; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw wrong("whole number");
            }
        }
        if (length < 1 || length > 18) {
            throw length < 1
                    ? wrong("whole number")
                    : new CellException(Problem.Code.TYPE, "A whole number has at most 18 digits.");
        }
        if (type.equals("year") && length != 4) {
            throw wrong("year of four digits");
        }
        return digits;
    }

    private static String bare(String text) {
        return text.replaceAll("^[^0-9+.-]+|[^0-9]+$", "");
    }

    private String number(String text) throws CellException {
        String number = groupChar.isEmpty() ? text : text.replace(groupChar, "");
        number = bareNumber ? number : bare(number);
        number = decimalChar.equals(".") ? number : number.replace(decimalChar, ".");
        try {
            if (number.length() <= NUMBER_CHARS) {
                BigDecimal value = new BigDecimal(number);
                if (Math.abs((long) value.scale()) <= NUMBER_CHARS) {
                    scale = Math.max(scale, value.scale());
                    return value.toPlainString();
                }
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw wrong("number");
    }

    private String yesOrNo(String text) throws CellException {
        if (trueValues.contains(text)) {
            return "true";
        }
        if (falseValues.contains(text)) {
            return "false";
        }
        throw new CellException(
                Problem.Code.TYPE,
                "Allowed: " + String.join(", ", trueValues) + ", " + String.join(", ", falseValues) + ".");
    }

    private String time(String text) throws CellException {
        if (pattern != null) {
            try {
                return written(pattern.parse(text));
            } catch (DateTimeException e) {
                throw wrong(type + " in the format " + format);
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
                    case DATE -> (kind & CellScan.DATE) != 0 && !scan.hasTime;
                    default -> (kind & CellScan.DATE) != 0 && scan.hasTime;
                };
        if (!fits) {
            throw wrong(type + (format.equals("any") ? "" : " as ISO 8601 writes it"));
        }
        if (column == ColumnType.INSTANT && !scan.hasOffset) {
            scan.hasOffset = true;
            scan.offsetMinutes = 0;
        }
        return new InferredFormat(column, kind == CellScan.TIME ? CellScan.TIME : layout, scan).read(text);
    }

    private String written(TemporalAccessor time) throws CellException {
        LocalDate date = time.query(TemporalQueries.localDate());
        LocalTime clock = time.query(TemporalQueries.localTime());
        ZoneOffset offset = time.query(TemporalQueries.offset());
        if (column != ColumnType.TIME && date == null || column != ColumnType.DATE && clock == null) {
            throw wrong(type + " in the format " + format);
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

    private String text(String cell) throws CellException {
        boolean good =
                switch (type) {
                    case "object", "geojson" -> json(cell, true);
                    case "array" -> json(cell, false);
                    case "yearmonth" -> cell.matches("\\d{4}-(0[1-9]|1[0-2])");
                    case "geopoint" ->
                        cell.matches("\\s*-?\\d{1,3}(\\.\\d{1,20})?\\s*,\\s*-?\\d{1,2}(\\.\\d{1,20})?\\s*");
                    case "duration" -> DURATION.matcher(cell).matches();
                    case "string" -> string(cell);
                    default -> true;
                };
        if (!good) {
            throw wrong(format.equals("default") ? type : format);
        }
        return cell;
    }

    private boolean string(String cell) {
        return switch (format) {
            case "email" -> cell.length() <= 320 && cell.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
            case "uri" -> cell.length() <= 8_192 && cell.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
            case "uuid" -> uuid(cell);
            case "binary" -> cell.matches("[A-Za-z0-9+/\\s]*={0,2}");
            default -> true;
        };
    }

    private static boolean uuid(String cell) {
        try {
            return cell.length() == 36 && UUID.fromString(cell).toString().equalsIgnoreCase(cell);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean json(String cell, boolean object) {
        try {
            JsonNode node = JSON.readTree(cell);
            return object ? node.isObject() : node.isArray();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static CellException wrong(String what) {
        return new CellException(Problem.Code.TYPE, "The value is not a " + what + ".");
    }

    /** A pattern of Python's strptime, which Frictionless uses. */
    private static final class StrptimePattern {
        private StrptimePattern() {}

        static DateTimeFormatter of(String format, String place) {
            StringBuilder java = new StringBuilder();
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (c != '%') {
                    java.append(Character.isLetter(c) || c == '\'' ? "'" + (c == '\'' ? "'" : c + "'") : escaped(c));
                    continue;
                }
                i++;
                java.append(
                        switch (i < format.length() ? format.charAt(i) : ' ') {
                            case 'Y' -> "uuuu";
                            case 'y' -> "uu";
                            case 'm' -> "[MM][M]";
                            case 'd' -> "[dd][d]";
                            case 'H' -> "[HH][H]";
                            case 'I' -> "[hh][h]";
                            case 'p' -> "a";
                            case 'M' -> "mm";
                            case 'S' -> "ss";
                            case 'f' -> "[SSSSSS][SSSSS][SSSS][SSS][SS][S]";
                            case 'z' -> "[XXX][XX][X]";
                            case 'b' -> "MMM";
                            case 'B' -> "MMMM";
                            case 'a' -> "EEE";
                            case 'A' -> "EEEE";
                            case 'j' -> "DDD";
                            case '%' -> "%";
                            default ->
                                throw SchemaReader.wrong("has the format \"" + format + "\" at " + place
                                        + ". Allowed after %: Y y m d H I p M S f z b B a A j");
                        });
            }
            return new java.time.format.DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(java.toString())
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        }

        private static String escaped(char c) {
            return "[]{}#".indexOf(c) >= 0 ? "'" + c + "'" : String.valueOf(c);
        }
    }
}
