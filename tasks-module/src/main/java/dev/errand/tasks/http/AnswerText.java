package dev.errand.tasks.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ContentType;

/** The text of an answer, decoded by the charset that the answer names, or otherwise by a guess. Pure. */
final class AnswerText {
    private AnswerText() {}

    /**
     * Decodes the beginning of an answer.
     *
     * @param beginning may end within a character
     * @param contentType the header; may be null
     */
    static String decode(byte[] beginning, String contentType) {
        Charset named = charset(contentType);
        if (named != null) {
            return text(beginning, named, CodingErrorAction.REPLACE);
        }
        if (startsWith(beginning, 0xFE, 0xFF) || startsWith(beginning, 0xFF, 0xFE)) {
            return text(beginning, StandardCharsets.UTF_16, CodingErrorAction.REPLACE);
        }
        String utf8 = text(beginning, StandardCharsets.UTF_8, CodingErrorAction.REPORT);
        return utf8 == null ? new String(beginning, StandardCharsets.ISO_8859_1) : utf8;
    }

    private static Charset charset(String contentType) {
        if (contentType == null) {
            return null;
        }
        try {
            ContentType type = ContentType.parseLenient(contentType);
            return type == null ? null : type.getCharset();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    /** Decodes the bytes; null if they are not in this charset. */
    private static String text(byte[] bytes, Charset charset, CodingErrorAction onError) {
        CharBuffer text = CharBuffer.allocate(2 * bytes.length + 2);
        boolean bad = charset.newDecoder()
                .onMalformedInput(onError)
                .onUnmappableCharacter(onError)
                .decode(ByteBuffer.wrap(bytes), text, false)
                .isError();
        return bad ? null : text.flip().toString();
    }
}
