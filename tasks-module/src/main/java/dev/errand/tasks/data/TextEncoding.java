package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * The encoding of a text file. Immutable.
 *
 * @param bom the length of the byte order mark
 * @param damaged whether some bytes are not valid in this encoding; they are read as U+FFFD
 */
record TextEncoding(Charset charset, int bom, boolean damaged) {
    private static final int SAMPLE = 1024 * 1024;

    /** With so many valid characters per wrong byte, a text is damaged UTF-8, not another encoding. */
    private static final int DAMAGED_UTF8 = 20;

    /**
     * Finds the encoding: a byte order mark, then the one that the sender names, then UTF-8 if all of the file is valid,
     * then UTF-16 by its zero bytes, then the most probable one by the frequency of its characters.
     *
     * @param asked the name that the sender gives; null if none
     */
    static TextEncoding of(Path file, FileScan scan, String asked) throws IOException {
        Charset given = asked == null ? null : charset(asked);
        TextEncoding mark = byMark(scan);
        if (mark != null) {
            return mark;
        }
        if (given != null) {
            return new TextEncoding(given, 0, given != StandardCharsets.UTF_8 || !scan.isUtf8());
        }
        if (scan.evenNuls() + scan.oddNuls() > scan.bytes() / 4) {
            // letters of most scripts have one zero byte in two
            return scan.oddNuls() > scan.evenNuls()
                    ? new TextEncoding(StandardCharsets.UTF_16LE, 0, true)
                    : new TextEncoding(StandardCharsets.UTF_16BE, 0, true);
        }
        if (scan.isUtf8()) {
            return new TextEncoding(StandardCharsets.UTF_8, 0, false);
        }
        if (scan.multibyte() >= DAMAGED_UTF8 * scan.invalid()) {
            return new TextEncoding(StandardCharsets.UTF_8, 0, true);
        }
        return new TextEncoding(guess(file, scan), 0, true);
    }

    private static TextEncoding byMark(FileScan scan) {
        if (scan.startsWith(0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3, !scan.isUtf8());
        }
        if (scan.startsWith(0xFF, 0xFE, 0, 0)) {
            return new TextEncoding(Charset.forName("UTF-32LE"), 4, true);
        }
        if (scan.startsWith(0, 0, 0xFE, 0xFF)) {
            return new TextEncoding(Charset.forName("UTF-32BE"), 4, true);
        }
        if (scan.startsWith(0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2, true);
        }
        if (scan.startsWith(0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2, true);
        }
        return null;
    }

    private static Charset guess(Path file, FileScan scan) throws IOException {
        UniversalDetector detector = new UniversalDetector();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] sample = in.readNBytes(SAMPLE);
            detector.handleData(sample);
            if (scan.firstInvalid() > sample.length) {
                // plain ASCII until here says nothing
                in.skipNBytes(Math.max(0, scan.firstInvalid() - sample.length - SAMPLE / 2));
                detector.handleData(in.readNBytes(SAMPLE));
            }
        }
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        if (name == null || name.startsWith("UTF") || name.startsWith("US-ASCII") || !Charset.isSupported(name)) {
            return Charset.forName("windows-1252");
        }
        return Charset.forName(name);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.trim());
        } catch (IllegalArgumentException e) {
            throw new BadArgumentException(
                    "encoding is \"" + name
                            + "\", which is not an encoding. Examples: UTF-8, windows-1252, ISO-8859-15.",
                    e);
        }
    }

    Reader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(bom);
            return new InputStreamReader(
                    in,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Returns whether a decoded text may have half of a surrogate pair. */
    boolean hasSurrogates() {
        return charset.name().toUpperCase(Locale.ROOT).startsWith("UTF-16");
    }
}
