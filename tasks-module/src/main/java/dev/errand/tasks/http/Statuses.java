package dev.errand.tasks.http;

import dev.errand.url.WebAddress;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** The meaning of an unexpected answer. */
public final class Statuses {
    private static final int EXCERPT = 200;

    /** The size up to which an answer is read to its end, so that the next request can use the same connection. */
    private static final int READ = 8 * 1024;

    private static final int MOST_PIECES = 100;

    private Statuses() {}

    /** Returns whether another try makes sense: 408, 425, 429 and 5xx. */
    public static boolean temporary(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** Creates the exception for this answer, with its status and the beginning of its text. */
    public static OutgoingHttpException failure(String what, WebAddress url, ClassicHttpResponse answer, Instant now)
            throws IOException {
        int status = answer.getCode();
        String reason = answer.getReasonPhrase() == null ? "" : " " + Urls.cut(Urls.utf8(answer.getReasonPhrase()), 60);
        String text = Urls.cut(beginning(answer, url), EXCERPT);
        String message = what + Urls.shown(url) + " answered " + status + reason + (text.isEmpty() ? "." : ": " + text);
        if (temporary(status)) {
            Header header = answer.getFirstHeader(HttpHeaders.RETRY_AFTER);
            String retryAfter = header == null ? null : header.getValue();
            return new TemporaryStatusException(
                    message, status, RetryAfter.parse(retryAfter, now).orElse(null));
        }
        return new FailedStatusException(message, status);
    }

    /** Returns the first few kilobytes of the answer's text; none if it is encoded in an unknown way. */
    public static String beginning(ClassicHttpResponse answer, WebAddress url) throws IOException {
        if (answer.getEntity() == null) {
            return "";
        }
        try {
            Header type = answer.getFirstHeader(HttpHeaders.CONTENT_TYPE);
            return AnswerText.decode(
                    ContentCoding.of(answer, url)
                            .decode(new Pieces(answer.getEntity().getContent()))
                            .readNBytes(READ),
                    type == null ? null : type.getValue());
        } catch (UnusableAnswerException | ZipException | EOFException e) {
            // the status is enough
            return "";
        }
    }

    /**
     * A stream that ends after a number of pieces: a text in chunks of one byte may come with a thousand times its
     * length around it.
     */
    private static final class Pieces extends FilterInputStream {
        private int left = MOST_PIECES;

        Pieces(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            return left-- > 0 ? super.read(buffer, from, length) : -1;
        }
    }
}
