package dev.errand.tasks.data;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** A pattern of Python's strptime, which Frictionless uses. */
final class StrptimePattern {
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
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(java.toString())
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static String escaped(char c) {
        return "[]{}#".indexOf(c) >= 0 ? "'" + c + "'" : String.valueOf(c);
    }
}
