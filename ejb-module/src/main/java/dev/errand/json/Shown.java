package dev.errand.json;

import dev.errand.url.UserInfo;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The part of a JSON text that is shown to people: "***" for the values of masked fields, and all other text as it is,
 * character by character. It reads token by token and builds no tree, so that a text takes no more memory than itself.
 * Immutable.
 *
 * @param text valid JSON unless {@code cut}
 * @param cut whether the text is only the beginning
 */
public record Shown(String text, boolean cut) {
    private static final String NULL = "null";

    /** An at sign, a slash or a colon as an escape, with the escaped backslashes before it. */
    private static final Pattern ESCAPED = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u(0040|002[fF]|003[aA])");

    private static final Pattern AT = Pattern.compile("@|\\\\u0040");

    private static final Pattern CUT_AUTHORITY = Pattern.compile("//([^/?#@\"\\s*]+)$");

    private static final String MASKED = '"' + Json.MASKED + '"';

    /** @param text JSON, or null for JSON's null; of a cut text, {@code max} + 1 characters are enough */
    public static Shown of(String text, Set<String> mask, int max) {
        if (text == null) {
            return new Shown(NULL, false);
        }
        boolean cut = text.length() > max;
        return new Scan(cut ? text.substring(0, max) : text, mask).shown(cut);
    }

    private static final class Scan {
        private final String text;
        private final Set<String> mask;
        private final StringBuilder shown = new StringBuilder();
        /** The text is processed up to here. The part from here to {@link #known} may be shown. */
        private int done;

        private int known;

        Scan(String text, Set<String> mask) {
            this.text = text;
            this.mask = mask;
        }

        Shown shown(boolean cut) {
            boolean whole = whole();
            if (whole && shown.isEmpty()) {
                return new Shown(withoutUserInfo(withoutHalf(text, cut), cut), cut);
            }
            shown.append(text, done, Math.max(done, known));
            return new Shown(withoutUserInfo(withoutHalf(shown.toString(), cut), cut || !whole), cut || !whole);
        }

        /** @return false if the text ends, or stops being JSON, before its end */
        private boolean whole() {
            boolean inText = false;
            try (JsonParser parser = Json.parser(text)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.PROPERTY_NAME) {
                        // the parser has looked ahead to the value
                        if (Json.isMasked(parser.currentName(), mask)) {
                            mask(parser);
                        }
                    } else {
                        inText = token == JsonToken.VALUE_STRING;
                        parser.finishToken();
                        if (inText) {
                            maskUserInfo(parser);
                        }
                        inText = false;
                        known = at(parser);
                    }
                }
                known = text.length();
                return true;
            } catch (JacksonException e) {
                // inside a text that is not masked, the rest belongs to that text
                known = inText ? text.length() : known;
                return false;
            }
        }

        private void mask(JsonParser parser) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                known = at(parser);
                return;
            }
            int start = (int) parser.currentTokenLocation().getCharOffset();
            shown.append(text, done, start).append(MASKED);
            done = text.length();
            parser.skipChildren();
            parser.finishToken();
            done = at(parser);
            known = done;
        }

        /** Masks one string by itself; otherwise a blank in a password, for example, would end the address. */
        private void maskUserInfo(JsonParser parser) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            int end = at(parser);
            if (AT.matcher(text).region(start, end).find()) {
                String masked = UserInfo.masked(parser.getString());
                if (!masked.equals(parser.getString())) {
                    shown.append(text, done, start).append(Json.write(masked));
                    done = end;
                }
            }
        }

        private static int at(JsonParser parser) {
            return (int) parser.currentLocation().getCharOffset();
        }

        /**
         * Masks the user information of addresses. If the text is cut inside of one, its @ is missing, so the rest is
         * removed.
         */
        private static String withoutUserInfo(String text, boolean cut) {
            String masked = UserInfo.masked(ESCAPED.matcher(text).find() ? unescaped(text) : text);
            Matcher end = CUT_AUTHORITY.matcher(masked);
            return cut && end.find() ? masked.substring(0, end.start(1)) + Json.MASKED : masked;
        }

        /** Returns the same JSON, with the characters of an address unescaped. */
        private static String unescaped(String text) {
            return ESCAPED.matcher(text)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(found.group(1) + (char) Integer.parseInt(found.group(2), 16)));
        }

        private static String withoutHalf(String text, boolean cut) {
            boolean half = cut && !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
            return half ? text.substring(0, text.length() - 1) : text;
        }
    }
}
