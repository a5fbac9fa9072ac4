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

/** How the content of an answer is packed. Nothing was asked for but the content as it is, and some servers pack it all the same. */
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
            // a server may well say "gzip" of nothing
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
            // many servers leave out the header that the standard asks for
            boolean header = (first & 0x0F) == 8;
            return new InflaterInputStream(in, new Inflater(!header));
        }
    };

    /** @throws UnusableAnswerException if the content is packed in another way, or more than once */
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
     * The content unpacked; reading it throws a {@link java.util.zip.ZipException} if it was not packed that way. It may become
     * a thousand times as long: the reader keeps to a limit.
     */
    public abstract InputStream decode(InputStream content) throws IOException;

    /** Knows whether more comes, and not only what has come: a file of several packed parts would else end after any of them. */
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
