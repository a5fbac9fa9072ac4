package dev.errand.tasks;

import dev.errand.tasks.http.Urls;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file name in a header {@code Content-Disposition} (RFC 6266). Pure. */
final class DispositionName {
    private static final Pattern PARAMETER = Pattern.compile(
            "([!#$%&'*+.^_`|~\\w-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"?|([^;\"]*+))", Pattern.DOTALL);

    private static final Pattern EXTENDED = Pattern.compile("([\\w-]+)'[^']*'(.*)", Pattern.DOTALL);
    private static final int LONGEST = 255;

    /** The longest part of a header that is read: no real header is longer. */
    private static final int READ = 4_000;

    private DispositionName() {}

    /**
     * Returns the name as text, without folders and without invisible characters.
     *
     * @param header the header as the client has it, with a character per byte; may be null
     * @return null if there is no name
     */
    static String of(String header) {
        if (header == null) {
            return null;
        }
        String name = null;
        Matcher parameter = PARAMETER.matcher(header.substring(0, Math.min(header.length(), READ)));
        while (parameter.find()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3).trim() : quoted.replaceAll("(?s)\\\\(.)", "$1");
            switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
                case "filename" -> name = name == null ? text(Urls.utf8(value)) : name;
                case "filename*" -> {
                    String decoded = extended(value);
                    if (decoded != null) {
                        // this form takes precedence, wherever it is
                        return decoded;
                    }
                }
                default -> {
                    // this parameter is not the name
                }
            }
        }
        return name;
    }

    /** Decodes {@code UTF-8''na%C3%AFve.csv} (RFC 8187); null if the value is not of that form. */
    private static String extended(String value) {
        Matcher parts = EXTENDED.matcher(value);
        if (!parts.matches() || !parts.group(2).matches("([^%\\s]|%[0-9A-Fa-f]{2})*+")) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(parts.group(2).length());
        String encoded = parts.group(2);
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) encoded.charAt(i));
            }
        }
        try {
            return text(
                    charset(parts.group(1)).newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Returns one of the two charsets of the standard. */
    private static Charset charset(String name) {
        return name.equalsIgnoreCase("iso-8859-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }

    private static String text(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String shown = Urls.cut(last, LONGEST);
        return shown.isEmpty() || shown.matches("\\.+") ? null : shown;
    }
}
