package dev.errand.log;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text from outside, made fit for a log or a console: it cannot begin a line of its own, control a terminal or change the
 * order of the text around it. Pure.
 */
public final class Printable {
    /** Control characters (C0, DEL, C1), line separators, marks of writing direction, and halves of surrogate pairs. */
    private static final Pattern UNPRINTABLE = Pattern.compile(
            "[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]");

    private Printable() {}

    /** Replaces each such character by an escape of Java: {@code \}{@code u001b}. Null becomes "null". */
    public static String of(String text) {
        return UNPRINTABLE
                .matcher(String.valueOf(text))
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }
}
