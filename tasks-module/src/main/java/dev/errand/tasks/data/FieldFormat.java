package dev.errand.tasks.data;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The type and format of a schema's field. For one thread. */
final class FieldFormat implements CellFormat {
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

    /** A longer text is no number; Java would take minutes for some. */
    private static final int NUMBER_CHARS = 100;

    private final String type;
    private final String format;
    private final ColumnType column;
    private final String decimalChar;
    private final String groupChar;
    private final boolean bareNumber;
    private final List<String> trueValues;
    private final List<String> falseValues;
    private final TimeFormat times;
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
        this.times = TimeFormat.of(type, column, format, place);
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
            if (!TextFormat.fits(type, format, cell)) {
                throw wrong(format.equals("default") ? type : format);
            }
            return cell;
        }
        String text = Blanks.trimmed(cell);
        return switch (column) {
            case INTEGER -> integer(text);
            case DECIMAL -> number(text);
            case BOOLEAN -> yesOrNo(text);
            default -> times.read(text);
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

    static CellException wrong(String what) {
        return new CellException(Problem.Code.TYPE, "The value is not a " + what + ".");
    }
}
