package dev.errand.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding: characters that an address cannot contain become %XX, as UTF-8. Encoded text stays as it is. Pure. */
final class PercentEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String IN_QUERY = "\"#<>'";
    private static final String IN_PATH = "\"#<>?^`{}";

    private PercentEncoding() {}

    static String path(String text) {
        return encode(text, IN_PATH);
    }

    static String query(String text) {
        return encode(text, IN_QUERY);
    }

    private static String encode(String text, String special) {
        StringBuilder encoded = new StringBuilder(text.length());
        // half of a surrogate pair becomes the replacement character, as in browsers
        for (byte b : text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (c <= ' ' || c >= 0x7F || special.indexOf(c) >= 0) {
                encoded.append('%').append(HEX.toHexDigits(b));
            } else {
                encoded.append((char) c);
            }
        }
        return encoded.toString();
    }

    /** Replaces each %XX by its byte, and reads all bytes together as UTF-8. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                decoded.write(bytes[i]);
            } else {
                decoded.write(high << 4 | low);
                i += 2;
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
