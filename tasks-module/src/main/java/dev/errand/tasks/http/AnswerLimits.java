package dev.errand.tasks.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * The limits for an answer without its content: no server that a task calls may fill the memory of this node. They
 * allow about three megabytes; browsers stop earlier.
 */
final class AnswerLimits {
    /** The size of a status line, a header with its continuations, a chunk's size with its extensions. */
    private static final int LINE = 16 * 1024;

    private static final int HEADERS = 200;
    private static final int EMPTY_LINES = 10;

    /** The number of answers below 200, which come before the real one. */
    private static final int INTERIM = 10;

    private AnswerLimits() {}

    static Http1Config http1() {
        return Http1Config.custom()
                .setMaxLineLength(LINE)
                .setMaxHeaderCount(HEADERS)
                .setMaxEmptyLineCount(EMPTY_LINES)
                .build();
    }

    /** Creates the parser for the heads of the answers on one connection. */
    static HttpMessageParser<ClassicHttpResponse> parser(Http1Config config) {
        return new Parser(new DefaultHttpResponseParser(config));
    }

    /** A parser that counts interim answers, which the client would skip without end. For one connection. */
    private static final class Parser implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser;
        private int interim;

        Parser(HttpMessageParser<ClassicHttpResponse> parser) {
            this.parser = parser;
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            ClassicHttpResponse answer = parser.parse(buffer, in);
            interim = answer == null || answer.getCode() >= HttpStatus.SC_SUCCESS ? 0 : interim + 1;
            if (interim > INTERIM) {
                throw new MessageConstraintException("More than " + INTERIM + " interim answers");
            }
            return answer;
        }
    }
}
