package dev.errand.json;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** The reason why a value and JSON do not fit each other, without the library's names for its own parts. Pure. */
final class Misfit {
    private static final Pattern WRONG_TYPE =
            Pattern.compile("(?s)Cannot deserialize value of type (`.*?`) from (\\w[\\w-]*)(.*)");
    private static final Pattern NOT_CONSTRUCTIBLE = Pattern.compile("(?s)Cannot construct instance of (`.*?`).*");
    private static final Pattern NOTHING_TO_WRITE = Pattern.compile("(?s)No serializer found for class (\\S+).*");

    private static final Map<String, String> KINDS = Map.of(
            "Object", "an object",
            "Array", "a list",
            "String", "the string",
            "Integer", "a whole number",
            "Floating-point", "a number with a fraction",
            "Boolean", "true or false",
            "null", "null");

    /** Text in brackets that names a token, a feature or a class of the library, or the method that sets a limit. */
    private static final Pattern ASIDE = Pattern.compile(
            "\\s*\\((?:[^()]|\\(\\))*(?:JsonToken|Creator|Feature|Deserializ|Serializ)(?:[^()]|\\(\\))*\\)"
                    + "|Failed to deserialize `[^`]*`(?: \\(with format '[^']*'\\))?: \\([\\w.]+\\) "
                    + "|,? from `Stream\\w+Constraints[^`]*`");

    private Misfit() {}

    static String of(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        Matcher wrongType = WRONG_TYPE.matcher(message);
        if (wrongType.matches() && KINDS.containsKey(wrongType.group(2))) {
            String rest = wrongType.group(3).replaceFirst("^ value\\b", "");
            return KINDS.get(wrongType.group(2))
                    + cleaned(rest)
                            .replaceFirst(
                                    "(?s)^( \".*\")?:? ?",
                                    "$1 does not fit " + Matcher.quoteReplacement(wrongType.group(1)) + "; ")
                            .replaceFirst("; $", "");
        }
        Matcher notConstructible = NOT_CONSTRUCTIBLE.matcher(message);
        if (notConstructible.matches()) {
            return notConstructible.group(1)
                    + " cannot be made from it: it is abstract, or has no constructor that fits";
        }
        Matcher nothing = NOTHING_TO_WRITE.matcher(message);
        return nothing.matches() ? nothing.group(1) + " has no properties to write" : cleaned(message);
    }

    private static String cleaned(String message) {
        return ASIDE.matcher(message).replaceAll("");
    }
}
