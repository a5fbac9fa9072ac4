package dev.errand.tasks.http;

import dev.errand.url.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;

/**
 * The compression of an answer's content. Requests ask for uncompressed content, but some servers compress it
 * nevertheless.
 */
public enum ContentCoding {
    NONE {
        @Override
        public InputStream decode(InputStream content) {
            return content;
        }
    },
    GZIP {
        @Override
        public InputStream decode(InputStream content) throws IOException {
            Lookahead in = new Lookahead(content);
            // a server may say "gzip" for empty content
            return in.available() == 0 ? InputStream.nullInputStream() : new GZIPInputStream(in);
        }
    },
    DEFLATE {
        @Override
        public InputStream decode(InputStream content) throws IOException {
            Lookahead in = new Lookahead(content);
            if (in.available() == 0) {
                return InputStream.nullInputStream();
            }
            int first = in.read();
            in.unread(first);
            // many servers omit the header that the standard requires
            boolean header = (first & 0x0F) == 8;
            return new InflaterInputStream(in, new Inflater(!header));
        }
    };

    /**
     * Returns the compression of an answer.
     *
     * @throws UnusableAnswerException if the content is compressed in another way, or more than once
     */
    public static ContentCoding of(ClassicHttpResponse answer, WebAddress url) {
        List<String> codings = Stream.of(answer.getHeaders(HttpHeaders.CONTENT_ENCODING))
                .map(NameValuePair::getValue)
                .flatMap(value -> Stream.of(value.split(",")))
                .map(coding -> coding.trim().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .collect(Collectors.toList());
        if (codings.isEmpty()) {
            return NONE;
        }
        return switch (String.join(",", codings)) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default ->
                throw new UnusableAnswerException(Urls.shown(url) + " answered with the Content-Encoding "
                        + Urls.cut(String.join(", ", codings), 60)
                        + ", which was not asked for, and which Errand cannot decode; it can decode gzip and deflate.");
        };
    }

    /**
     * Decompresses the content. Reading it throws a {@link java.util.zip.ZipException} if it was not compressed in this
     * way. It may become a thousand times as long, so the reader enforces a limit.
     */
    public abstract InputStream decode(InputStream content) throws IOException;

    /**
     * A stream that knows whether more bytes will come, not only which have come: otherwise a file of several
     * compressed parts would end after any of them.
     */
    private static final class Lookahead extends PushbackInputStream {
        Lookahead(InputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }
}
