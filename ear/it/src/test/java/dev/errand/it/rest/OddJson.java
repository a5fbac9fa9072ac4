package dev.errand.it.rest;

import dev.errand.fuzz.Pieces;
import java.util.List;
import java.util.Random;

/** JSON that no client sends on purpose, as text: a library would not write all of it. */
final class OddJson {
    /** Part of each value of a masked field, and of nothing else. */
    static final String KERNEL = "k3rn3l-of-a-secret";

    /** The same, in a body of which some bytes are others. */
    static final String DAMAGED = "k3rn3l-of-a-damaged-one";

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "0.10",
            "1e400",
            "-1E-400",
            "1e2147483647",
            "1e2147483648",
            "9223372036854775808",
            "18446744073709551616.000000000000000000001",
            "1e999999999",
            "NaN",
            "Infinity",
            "01",
            "+1",
            ".5",
            "0x1F");

    private static final List<String> NAMES =
            List.of("a", "", "secret", "PassWord", "__proto__", "@class", "$ref", "id");

    private final Random random;

    OddJson(Random random) {
        this.random = random;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            text.append(random.nextInt(4) == 0 ? String.valueOf((char) random.nextInt(0x10000)) : any(Pieces.ODD));
        }
        return text.toString();
    }

    /** A name, id or key that may be one. */
    String visible(int max) {
        StringBuilder text = new StringBuilder();
        for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
            text.append(
                    random.nextInt(3) == 0
                            ? any(List.of(
                                    "/", "//", "..", "/../", "/./", ";a=b", "%2F", "%00", "%", "\\", "?", "#", "+",
                                    "~"))
                            : String.valueOf((char) ('!' + random.nextInt(94))));
        }
        return text.length() > max ? text.substring(0, max) : text.toString();
    }

    /** Writes half of the special characters as they are and half as escapes, and nearly always escapes those that JSON must escape. */
    String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean must = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
            if (must ? random.nextInt(200) > 0 : c > '~' && random.nextBoolean()) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 5);
        return switch (kind) {
            case 0 -> any(NUMBERS);
            case 1 -> any(List.of("null", "true", "false", "\"2030-02-30T00:00:00Z\"", "[]", "{}"));
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 3, 4 -> quoted(text());
            case 5 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            case 6 -> deep(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 520));
            default -> object(depth);
        };
    }

    private String object(int depth) {
        String name = random.nextInt(4) == 0 ? text() : any(NAMES);
        boolean masked = name.equals("secret") || name.equals("PassWord");
        String value = masked ? quoted(text() + KERNEL + text()) : value(depth - 1);
        return "{" + quoted(name) + ":" + value + ",\"z\":" + value(depth - 1) + "}";
    }

    private static String deep(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
