package dev.errand.web.rest;

import dev.errand.web.http.PathSegment;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a task as a segment of a path. Servers refuse or remove some characters even if they are percent-encoded: Payara 7 a
 * colon, Payara a backslash, all of them a segment of dots. A tilde and two hexadecimal digits stand for such a
 * character: {@code a~3Ab} leads to the task {@code a:b}. Pure.
 */
final class TaskAddress {
    private static final Pattern REFUSED = Pattern.compile("[:\\\\]|(?<![^/])\\.+(?![^/])");
    private static final Pattern ESCAPED = Pattern.compile("~([0-9A-F]{2})");

    private TaskAddress() {}

    /** Returns the segment for an id, which all servers accept. */
    static String of(String id) {
        if (!REFUSED.matcher(id).find()) {
            return PathSegment.encode(id);
        }
        String unambiguous = id.replace("~", "~7E");
        return PathSegment.encode(REFUSED.matcher(unambiguous)
                        .replaceAll(refused -> Matcher.quoteReplacement(escaped(refused.group()))))
                .replace("%7E", "~");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
            escaped.append("~%02X".formatted(each));
        }
        return escaped.toString();
    }

    /** Returns the id that a segment with tildes stands for; the server has decoded its percent signs. */
    static String decoded(String segment) {
        return ESCAPED.matcher(segment)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
    }
}
