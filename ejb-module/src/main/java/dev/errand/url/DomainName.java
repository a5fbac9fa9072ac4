package dev.errand.url;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * International host names as DNS has them ({@code xn--…}), by the rules of UTS 46 without its transitional mappings.
 * Browsers follow the same rules: {@code straße.de} is not {@code strasse.de}, unlike in {@link java.net.IDN}. The conversion
 * uses the JDK's own Unicode tables, so a character that is newer than the JDK is refused. Pure.
 */
final class DomainName {
    private static final String ASCII_PREFIX = "xn--";

    /** Characters that stand for a dot between labels. */
    private static final String DOTS = "[\\u3002\\uff0e\\uff61]";

    /** Letters that a change of case or form would turn into others, although they are letters of their own. */
    private static final char SHARP_S = '\u00df';

    private static final char CAPITAL_SHARP_S = '\u1e9e';
    private static final char FINAL_SIGMA = '\u03c2';

    private DomainName() {}

    /** @throws InvalidAddressException if the name has a character that is not allowed in host names */
    static String toAscii(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name.toLowerCase(Locale.ROOT);
        }
        return Arrays.stream(mapped(name).split("\\.", -1))
                .map(DomainName::label)
                .collect(Collectors.joining("."));
    }

    private static String mapped(String name) {
        String composed = Normalizer.normalize(name.replaceAll(DOTS, "."), Normalizer.Form.NFKC);
        StringBuilder mapped = new StringBuilder(composed.length());
        composed.codePoints().filter(c -> !ignored(c)).forEach(c -> {
            if (c == CAPITAL_SHARP_S) {
                mapped.append(SHARP_S);
            } else if (c == FINAL_SIGMA) {
                mapped.append(FINAL_SIGMA);
            } else {
                mapped.append(new String(Character.toChars(c)).toLowerCase(Locale.ROOT));
            }
        });
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    /** Returns whether a character has no meaning in a name: soft hyphens, invisible blanks and variants of a picture. */
    private static boolean ignored(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x200B
                || c == 0x2060
                || c == 0x2064
                || c == 0xFEFF
                || c >= 0x180B && c <= 0x180D
                || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF;
    }

    private static String label(String label) {
        if (label.chars().allMatch(c -> c < 0x80)) {
            return label;
        }
        int first = label.codePointAt(0);
        if (label.length() > 2 * Host.LONGEST_LABEL
                || label.startsWith(ASCII_PREFIX)
                || isMark(first)
                || !label.codePoints().allMatch(DomainName::allowed)) {
            throw new InvalidAddressException(
                    "Its host has a character that no host name can have. If the name is right,"
                            + " write it as DNS has it (xn--…).");
        }
        return ASCII_PREFIX + Punycode.encode(label);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean allowed(int c) {
        if (c < 0x80) {
            // the caller checks the rest
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> c != 0xFFFC && c != 0xFFFD;
        };
    }
}
