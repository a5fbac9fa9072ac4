package dev.errand.tasks.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** What an answer other than the wanted one means. */
public final class Statuses {
    private static final int EXCERPT = 200;

    /** Answers of this size are read to their end, for the next request can then use the same connection. */
    private static final int READ = 8 * 1024;

    private Statuses() {}

    /** Whether it makes sense to ask again: 408, 425, 429 and 5xx. */
    public static boolean temporary(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** The exception for this answer, with its status and the beginning of its text. */
    public static OutgoingHttpException failure(String what, URI url, ClassicHttpResponse answer, Instant now)
            throws IOException {
        int status = answer.getCode();
        String reason = answer.getReasonPhrase() == null ? "" : " " + Urls.cut(answer.getReasonPhrase(), 60);
        String text = Urls.cut(beginning(answer), EXCERPT);
        String message = what + Urls.shown(url) + " answered " + status + reason + (text.isEmpty() ? "." : ": " + text);
        if (temporary(status)) {
            Header header = answer.getFirstHeader(HttpHeaders.RETRY_AFTER);
            String retryAfter = header == null ? null : header.getValue();
            return new TemporaryStatusException(
                    message, RetryAfter.parse(retryAfter, now).orElse(null));
        }
        return new FailedStatusException(message);
    }

    /** The first few kilobytes of the answer's text. */
    public static String beginning(ClassicHttpResponse answer) throws IOException {
        if (answer.getEntity() == null) {
            return "";
        }
        InputStream body = answer.getEntity().getContent();
        return new String(body.readNBytes(READ), StandardCharsets.UTF_8);
    }
}
