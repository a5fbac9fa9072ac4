package dev.errand.tasks.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of columns: present, short enough for every database, and different, whatever their case. Pure. */
final class ColumnNames {
    /** The shortest limit of a database, PostgreSQL's. */
    private static final int BYTES = 63;

    private ColumnNames() {}

    /**
     * Makes names of a header.
     *
     * @param problems gets a warning for each name that is not the header's text
     * @param row the header's row
     */
    static List<String> of(List<String> header, long row, Problems problems) {
        List<String> names = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (String cell : header) {
            used.add(key(cut(clean(cell), BYTES)));
        }
        Set<String> taken = new HashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String text = clean(header.get(i));
            String first = text.isEmpty() ? "column_" + (i + 1) : cut(text, BYTES);
            String name = first;
            while (!taken.add(key(name))) {
                // many columns may have one name
                int number = numbers.merge(key(first), 2, (old, two) -> old + 1);
                String next = suffixed(first, number);
                // another column may have this text in the header
                name = used.contains(key(next)) ? name : next;
            }
            names.add(name);
            if (!name.equals(text)) {
                problems.add(Problem.of(
                        row,
                        name,
                        i + 1,
                        header.get(i),
                        Problem.Code.HEADER_CHANGED,
                        text.isEmpty()
                                ? "The column has no name; it is called " + name + "."
                                : "The name is too long or another column has it; the column is called " + name + "."));
            }
        }
        return names;
    }

    private static String suffixed(String text, int n) {
        String end = "_" + n;
        return cut(text, BYTES - end.length()) + end;
    }

    private static String clean(String text) {
        return Blanks.trimmed(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\uFFFD\\s]+", " "));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Cuts a text to so many bytes of UTF-8, not within a character. */
    private static String cut(String text, int bytes) {
        // a character has a byte at least
        String cut = text.substring(0, Math.min(text.length(), bytes));
        while (!cut.isEmpty()
                && (Character.isHighSurrogate(cut.charAt(cut.length() - 1))
                        || cut.getBytes(StandardCharsets.UTF_8).length > bytes)) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return Blanks.trimmed(cut);
    }
}
