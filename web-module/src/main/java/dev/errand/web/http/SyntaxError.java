package dev.errand.web.http;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Explains the error in a text that is not JSON, in words of its own: the library's messages name its classes and
 * features, and quote values, which may be secrets. Pure.
 */
final class SyntaxError {
    /** The kinds of errors. Only the library's messages distinguish them; the first match counts. */
    private static final List<Entry<Pattern, String>> KINDS = List.of(
            kind(
                    "Illegal unquoted character.*code (\\d+).*",
                    "a control character (U+%04X) must be escaped in a string or name"),
            kind("Unexpected end-of-input.*", "the text ends in the middle of a value"),
            kind("Duplicate Object property.*", "a name comes twice in one object"),
            kind("Unrecognized character escape.*", "a backslash is followed by a character that cannot be escaped"),
            kind(
                    "Unrecognized token.*|Non-standard token.*",
                    "a word is neither true, false nor null; a string needs double quotes"),
            kind("Invalid UTF-8.*|Invalid UTF-16.*|Invalid UTF-32.*|Unsupported UCS-4.*", "the text is not UTF-8"),
            kind(
                    "Invalid numeric value.*|.*[Nn]umber.*|.*[Dd]ecimal point.*|.*exponent.*|.*in numeric value.*",
                    "a number is malformed"),
            kind("Illegal character.*code (?:0x)?(\\d+).*", "an unexpected character"),
            kind("Unexpected close marker.*", "a closing bracket does not fit the opening one"),
            kind(
                    "Unexpected character.*code (\\d+).*expected.*hex.*",
                    "\\u is not followed by four hexadecimal digits"),
            kind(
                    "Unexpected character.*code (\\d+).*double-quote to start.*",
                    "a name in double quotes is expected, not the character U+%04X"),
            kind(
                    "Unexpected character.*code (\\d+).*(?:comma|colon).*",
                    "a comma or a colon is missing before the character U+%04X"),
            kind("Unexpected character.*code (\\d+).*", "the character U+%04X is unexpected here"));

    private SyntaxError() {}

    private static Entry<Pattern, String> kind(String message, String wording) {
        return Map.entry(Pattern.compile(message, Pattern.DOTALL), wording);
    }

    static String of(JacksonException e) {
        if (e instanceof UnexpectedEndOfInputException) {
            return "the text ends in the middle of a value";
        }
        String message = String.valueOf(e.getOriginalMessage());
        for (Entry<Pattern, String> kind : KINDS) {
            Matcher matcher = kind.getKey().matcher(message);
            if (matcher.matches()) {
                return matcher.groupCount() == 0 ? kind.getValue() : wording(kind.getValue(), matcher.group(1));
            }
        }
        return "a syntax error";
    }

    /** Returns a printable character as it is, because it is easier to find than its number. */
    private static String wording(String text, String code) {
        int character = Integer.parseInt(code);
        return character > ' ' && character < 127
                ? text.replace("U+%04X", "\"" + (char) character + "\"")
                : text.formatted(character);
    }
}
