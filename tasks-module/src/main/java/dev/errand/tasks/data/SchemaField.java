package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A field of a schema: the format and the constraints of a column's cells, but for those that compare rows. Immutable, and
 * for one thread.
 *
 * @param minimum the least value, as the format writes it; null if none
 * @param required whether no cell may be empty
 * @param unique whether no two cells may be equal
 */
record SchemaField(
        String name,
        FieldFormat format,
        Set<String> missingValues,
        boolean required,
        boolean unique,
        String minimum,
        String maximum,
        Integer minLength,
        Integer maxLength,
        Pattern pattern,
        Set<String> values)
        implements CellFormat {
    private static final Set<String> CONSTRAINTS =
            Set.of("required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum");

    /** The most steps of a pattern for one cell: a pattern may need more than there is time for. */
    private static final int PATTERN_STEPS = 1_000_000;

    static SchemaField of(Map<?, ?> field, String place, Set<String> missingValues) {
        if (!(field.get("name") instanceof String name) || name.isBlank()) {
            throw SchemaReader.wrong("has no name at " + place);
        }
        FieldFormat format = FieldFormat.of(field, place);
        Object given = field.get("constraints");
        if (given != null && !(given instanceof Map<?, ?>)) {
            throw SchemaReader.wrong("has a value at " + place + ".constraints that is not an object");
        }
        Map<?, ?> constraints = given == null ? Map.of() : (Map<?, ?>) given;
        for (Object constraint : constraints.keySet()) {
            if (!CONSTRAINTS.contains(constraint)) {
                throw SchemaReader.wrong("has a constraint \"" + constraint + "\" at " + place
                        + " that is not known. Allowed: enum, maximum,"
                        + " maxLength, minimum, minLength, pattern, required, unique");
            }
        }
        return new SchemaField(
                name,
                format,
                missingValues,
                Boolean.TRUE.equals(constraints.get("required")),
                Boolean.TRUE.equals(constraints.get("unique")),
                value(format, constraints.get("minimum"), place + ".constraints.minimum"),
                value(format, constraints.get("maximum"), place + ".constraints.maximum"),
                length(constraints.get("minLength"), place + ".constraints.minLength"),
                length(constraints.get("maxLength"), place + ".constraints.maxLength"),
                pattern(constraints.get("pattern"), place + ".constraints.pattern"),
                values(format, constraints.get("enum"), place + ".constraints.enum"));
    }

    private static String value(FieldFormat format, Object given, String place) {
        if (given == null) {
            return null;
        }
        try {
            return format.readConstant(given);
        } catch (CellException e) {
            throw SchemaReader.wrong("has the value \"" + given + "\" at " + place + ": " + e.getMessage());
        }
    }

    private static Integer length(Object given, String place) {
        if (given == null) {
            return null;
        }
        if (given instanceof Number number && number.longValue() >= 0 && number.longValue() <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw SchemaReader.wrong("has the value \"" + given + "\" at " + place + ", which is not a length");
    }

    private static Pattern pattern(Object given, String place) {
        if (given == null) {
            return null;
        }
        try {
            return Pattern.compile(String.valueOf(given));
        } catch (PatternSyntaxException e) {
            throw SchemaReader.wrong(
                    "has the value \"" + given + "\" at " + place + ", which is not a pattern: " + e.getDescription());
        }
    }

    private static Set<String> values(FieldFormat format, Object given, String place) {
        if (given == null) {
            return null;
        }
        if (!(given instanceof List<?> list) || list.isEmpty()) {
            throw SchemaReader.wrong("has a value at " + place + " that is not a list");
        }
        return Set.copyOf(
                list.stream().map(value -> value(format, value, place)).toList());
    }

    @Override
    public String read(String cell) throws CellException {
        if (missingValues.contains(cell) || Blanks.isBlank(cell) && missingValues.contains("")) {
            if (required) {
                throw new CellException(Problem.Code.REQUIRED, "The field is required.");
            }
            return null;
        }
        String value = format.read(cell);
        if (minimum != null && format.compare(value, minimum) < 0) {
            throw new CellException(Problem.Code.MINIMUM, "The minimum is " + minimum + ".");
        }
        if (maximum != null && format.compare(value, maximum) > 0) {
            throw new CellException(Problem.Code.MAXIMUM, "The maximum is " + maximum + ".");
        }
        if (minLength != null && cell.codePointCount(0, cell.length()) < minLength) {
            throw new CellException(Problem.Code.MIN_LENGTH, "The least length is " + minLength + ".");
        }
        if (maxLength != null && cell.codePointCount(0, cell.length()) > maxLength) {
            throw new CellException(Problem.Code.MAX_LENGTH, "The greatest length is " + maxLength + ".");
        }
        if (pattern != null && !matches(cell)) {
            throw new CellException(Problem.Code.PATTERN, "The pattern is " + pattern + ".");
        }
        if (values != null && !values.contains(value)) {
            throw new CellException(
                    Problem.Code.ENUM,
                    "Allowed: "
                            + String.join(
                                    ", ", values.stream().sorted().limit(20).toList()) + ".");
        }
        return value;
    }

    private boolean matches(String cell) {
        try {
            return pattern.matcher(new Bounded(cell, new int[] {PATTERN_STEPS})).matches();
        } catch (BadArgumentException e) {
            throw new BadArgumentException(e.getMessage() + " The field is " + name + ", the pattern " + pattern + ".");
        }
    }

    /** A text that can be read only so often, since Java's patterns have no limit of their own. */
    private record Bounded(String text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new BadArgumentException("A pattern of the schema takes too long for a value of " + text.length()
                        + " characters. Write it with fewer repetitions.");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
