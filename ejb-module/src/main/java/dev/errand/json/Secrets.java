package dev.errand.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of an argument's masked fields, to be taken out of texts that may quote them: a handler's exception, a line
 * that it logs. Reads the argument only when it is asked. Immutable, thread-safe.
 */
public final class Secrets {
    public static final Secrets NONE = new Secrets(null, Set.of());

    /** Shorter ones are parts of too many words. */
    private static final int SHORTEST = 3;

    private final String argument;
    private final Set<String> mask;
    private volatile Pattern values;

    private Secrets(String argument, Set<String> mask) {
        this.argument = argument;
        this.mask = mask;
    }

    /** @param argument as JSON, or null */
    public static Secrets of(String argument, Set<String> mask) {
        return argument == null || mask.isEmpty() ? NONE : new Secrets(argument, mask);
    }

    /** The text with "***" for each of the values. */
    public String hide(String text) {
        if (text == null || argument == null) {
            return text;
        }
        if (values == null) {
            values = pattern();
        }
        return values.matcher(text).replaceAll(Matcher.quoteReplacement(Json.MASKED));
    }

    private Pattern pattern() {
        List<String> found = new ArrayList<>();
        Json.maskedValues(argument, mask, found::add);
        String any = found.stream()
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                // one may be the beginning of another
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        // (?!) matches nothing
        return Pattern.compile(any.isEmpty() ? "(?!)" : any);
    }
}
