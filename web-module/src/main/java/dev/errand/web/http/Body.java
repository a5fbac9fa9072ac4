package dev.errand.web.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request, up to a limit: what does not fit in memory must not be tried. */
public final class Body {
    /** The fields around an argument, or a form. */
    public static final int MARGIN_BYTES = 64 << 10;

    /** The largest argument that can be configured (64 MiB), and the fields around it. */
    static final int MAX_BYTES = (64 << 20) + MARGIN_BYTES;

    private Body() {}

    /** @throws BodyTooLargeException if it is longer than the limit, ours or the server's */
    public static byte[] read(InputStream body, int max) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(max + 1);
        } catch (IOException e) {
            // A server with a limit of its own says so here, each with another exception. The other reason is that the
            // client has gone, and then nobody reads the answer.
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
