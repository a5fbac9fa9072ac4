package dev.errand.web.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request, up to a limit, so that no body fills the memory. */
public final class Body {
    /** The size of the fields around an argument, or of a form. */
    public static final int MARGIN_BYTES = 64 << 10;

    /** The largest argument that can be configured (64 MiB), and the fields around it. */
    static final int MAX_BYTES = (64 << 20) + MARGIN_BYTES;

    /** The longest body with several tasks; with a longer argument allowed, as long as that. */
    private static final int BATCH_BYTES = 16 << 20;

    private Body() {}

    /** Returns the longest body with several tasks. */
    public static int batch(int maxArgumentBytes) {
        return Math.max(BATCH_BYTES, maxArgumentBytes + MARGIN_BYTES);
    }

    /**
     * Reads a body.
     *
     * @throws BodyTooLargeException if it is longer than the limit, ours or the server's
     */
    public static byte[] read(InputStream body, int max) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(max + 1);
        } catch (IOException e) {
            // A server with a limit of its own reports it here, each with another exception. The only other reason is
            // that the client has disconnected, and then no client reads the answer.
            throw new BodyTooLargeException("The body is larger than this server takes.");
        }
        if (bytes.length > max) {
            throw tooLarge(max);
        }
        return bytes;
    }

    static BodyTooLargeException tooLarge(int max) {
        return new BodyTooLargeException("The body is larger than " + max
                + " bytes. Send a reference to the data; for tasks, the limit follows errand.argument.max-bytes.");
    }
}
