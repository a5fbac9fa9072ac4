package dev.errand.json;

import dev.errand.url.UserInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values of an argument's masked fields, and the passwords in its addresses. They are removed from texts that may quote
 * them: a handler's exception, a line that it logs. The argument is read only on demand. Immutable, thread-safe.
 */
public final class Secrets {
    public static final Secrets NONE = new Secrets(null, Set.of());

    /** The length of the shortest value that is hidden, in characters. Shorter values are parts of too many words. */
    private static final int SHORTEST = 3;

    /**
     * The number of characters at the beginning or end of a long value that are hidden by themselves, because messages cut
     * long values.
     */
    private static final int PART_CHARS = 8;

    private final String argument;
    private final Set<String> mask;
    private volatile List<String> values;

    private Secrets(String argument, Set<String> mask) {
        this.argument = argument;
        this.mask = mask;
    }

    /** @param argument JSON, or null */
    public static Secrets of(String argument, Set<String> mask) {
        return argument == null || mask.isEmpty() && argument.indexOf('@') < 0 ? NONE : new Secrets(argument, mask);
    }

    /**
     * Replaces each of the values by "***", as it is or as JSON writes it. Of a long value, a part is replaced as well. The
     * user information of each address in the text is replaced too, even if it is not from the argument.
     */
    public String hide(String text) {
        if (text == null || argument == null) {
            return UserInfo.masked(text);
        }
        if (values == null) {
            values = values();
        }
        BitSet secret = new BitSet();
        for (String value : values) {
            mark(secret, text, value, 0, value.length());
            if (value.length() >= 2 * PART_CHARS) {
                mark(secret, text, value, 0, PART_CHARS);
                mark(secret, text, value, value.length() - PART_CHARS, value.length());
            }
        }
        return UserInfo.masked(without(secret, text));
    }

    /**
     * Hides the secrets in a text and cuts it. Only the part that is kept is searched, because a text may have megabytes. A
     * secret that crosses the cut is hidden as well.
     */
    public String hide(String text, int max) {
        if (text == null || text.length() <= max) {
            return hide(text);
        }
        // a value too short to be found by a part of it ends within this window, even if written as JSON escapes
        int window = Math.min(text.length(), max + 6 * 2 * PART_CHARS);
        String hidden = hide(text.substring(0, window));
        // hiding makes no text longer, so this removes each character from behind the limit
        return hidden.substring(0, Math.max(0, hidden.length() - (window - max) - 1)) + "…";
    }

    /** Marks each place that has this part of a value, and as many characters around it as belong to the value, too. */
    private static void mark(BitSet secret, String text, String value, int from, int to) {
        String part = value.substring(from, to);
        int next = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, next)) {
            int begin = at;
            for (int i = from; begin > 0 && i > 0 && text.charAt(begin - 1) == value.charAt(i - 1); i--) {
                begin--;
            }
            int end = at + part.length();
            for (int i = to; end < text.length() && i < value.length() && text.charAt(end) == value.charAt(i); i++) {
                end++;
            }
            secret.set(begin, end);
            next = Math.max(at + 1, end - PART_CHARS + 1);
        }
    }

    private static String without(BitSet secret, String text) {
        StringBuilder shown = new StringBuilder(text.length());
        int from = 0;
        for (int at = secret.nextSetBit(0); at >= 0; at = secret.nextSetBit(from)) {
            shown.append(text, from, at).append(Json.MASKED);
            from = secret.nextClearBit(at);
        }
        return shown.append(text, from, text.length()).toString();
    }

    private List<String> values() {
        List<String> found = new ArrayList<>();
        Json.maskedValues(argument, mask, found::add);
        return found.stream()
                // a parser of numbers or dates trims the text before it quotes it
                .flatMap(value -> Stream.of(value, value.trim(), value.strip()))
                .flatMap(value -> Stream.of(value, escaped(value)))
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .toList();
    }

    private static String escaped(String value) {
        String json = Json.write(value);
        return json.substring(1, json.length() - 1);
    }
}
