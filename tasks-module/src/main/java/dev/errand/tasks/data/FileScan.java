package dev.errand.tasks.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The facts about a file's bytes that need the whole file. Immutable.
 *
 * @param sha256 the hash, in hexadecimal digits
 * @param head the first bytes
 * @param multibyte the number of valid UTF-8 characters of several bytes
 * @param invalid the number of bytes that are no UTF-8
 * @param firstInvalid the position of the first such byte
 * @param evenNuls the number of zero bytes at even positions
 * @param oddNuls the number of zero bytes at odd positions
 */
record FileScan(
        long bytes,
        String sha256,
        byte[] head,
        long multibyte,
        long invalid,
        long firstInvalid,
        long evenNuls,
        long oddNuls) {
    private static final int HEAD = 64 * 1024;

    static FileScan of(Path file, Progress progress) throws IOException, InterruptedException {
        Utf8 utf8 = new Utf8();
        MessageDigest digest = digest();
        byte[] head = new byte[0];
        byte[] buffer = new byte[HEAD];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(buffer, 0, HEAD); read > 0; read = in.readNBytes(buffer, 0, HEAD)) {
                if (head.length == 0) {
                    head = Arrays.copyOf(buffer, read);
                }
                digest.update(buffer, 0, read);
                utf8.add(buffer, read);
                progress.check();
            }
        }
        utf8.end();
        return new FileScan(
                utf8.position,
                HexFormat.of().formatHex(digest.digest()),
                head,
                utf8.multibyte,
                utf8.invalid,
                utf8.firstInvalid,
                utf8.evenNuls,
                utf8.oddNuls);
    }

    boolean isUtf8() {
        return invalid == 0;
    }

    boolean startsWith(int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The check of UTF-8 (RFC 3629), byte by byte. A decoder would copy all of the file. */
    private static final class Utf8 {
        private long position;
        private long multibyte;
        private long invalid;
        private long firstInvalid = -1;
        private long evenNuls;
        private long oddNuls;
        private int missing;
        private int low = 0x80;
        private int high = 0xBF;

        void add(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                byte b = buffer[i];
                if (b > 0 && missing == 0) {
                    continue;
                }
                add(b & 0xFF, position + i);
            }
            position += length;
        }

        private void add(int b, long at) {
            if (missing > 0) {
                if (b >= low && b <= high) {
                    low = 0x80;
                    high = 0xBF;
                    missing--;
                    multibyte += missing == 0 ? 1 : 0;
                    return;
                }
                wrong(at);
            }
            if (b == 0) {
                evenNuls += at % 2 == 0 ? 1 : 0;
                oddNuls += at % 2;
            } else if (b >= 0x80) {
                begin(b, at);
            }
        }

        private void begin(int b, long at) {
            if (b < 0xC2 || b > 0xF4) {
                wrong(at);
                return;
            }
            missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
            low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
            high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        }

        private void wrong(long at) {
            invalid++;
            firstInvalid = firstInvalid < 0 ? at : firstInvalid;
            missing = 0;
            low = 0x80;
            high = 0xBF;
        }

        void end() {
            if (missing > 0) {
                wrong(position);
            }
        }
    }
}
