package dev.errand.tasks.http;

import dev.errand.url.WebAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.io.Closer;

/** The requests of one task, one after the other, under one deadline. For one thread. */
public final class Call implements AutoCloseable {
    /**
     * The largest ratio of bytes from the network to bytes of content. A chunk of one byte takes six bytes; an honest
     * server stays below this.
     */
    private static final int MOST_FRAMING = 8;

    private static final long FREE_FRAMING = 1024 * 1024;

    private final CloseableHttpClient client;
    private final CallWatch watch;
    private final String limit;
    private HttpClientContext context;
    private long headEnd;

    Call(CloseableHttpClient client, CallWatch watch, String limit) {
        this.client = client;
        this.watch = watch;
        this.limit = limit;
    }

    /** Reads an answer; may leave the rest of it unread. */
    public interface Reader<T> {
        /**
         * Reads an answer.
         *
         * @throws IOException if the connection breaks; the reader throws other errors as other exceptions
         */
        T read(ClassicHttpResponse answer) throws IOException, InterruptedException;
    }

    /**
     * Sends a request to this address and reads the answer.
     *
     * @throws OutgoingHttpException if there is no answer
     * @throws InterruptedException if the task was revoked or interrupted in the meantime
     */
    public <T> T send(HttpUriRequestBase request, WebAddress url, Reader<T> reader) throws InterruptedException {
        Urls.address(request, url);
        context = Connector.context(Urls.dnsName(url));
        watch.watch(request);
        checkStop(url);
        try {
            ClassicHttpResponse answer = client.executeOpen(RoutingSupport.determineHost(request), request, context);
            headEnd = received();
            try {
                return reader.read(answer);
            } finally {
                // drops the connection of an answer that was not read to its end: close() would read on without end
                request.cancel();
                Closer.closeQuietly(answer);
            }
        } catch (IOException | HttpException | IllegalStateException e) {
            // the call was the last one: the application, and its client, is being stopped
            throw failure(url, e);
        }
    }

    /** Throws if the work must stop. To be called regularly during long work. */
    public void checkStop(WebAddress url) throws InterruptedException {
        StopReason stop = watch.check();
        if (stop == StopReason.DEADLINE) {
            throw new HttpTimeoutException(Urls.shown(url) + " took longer than " + limit + ".", null);
        }
        if (stop == StopReason.REVOKED) {
            throw new InterruptedException("The task was revoked.");
        }
        if (stop == StopReason.INTERRUPTED) {
            // as usual for this exception
            Thread.interrupted();
            throw new InterruptedException("The task was interrupted.");
        }
    }

    /**
     * Checks, while an answer's content is read, that the content is not too small a part of the bytes from the
     * network.
     */
    public void checkFraming(WebAddress url, long content) {
        if (received() - headEnd > MOST_FRAMING * content + FREE_FRAMING) {
            throw new UnusableAnswerException(
                    Urls.shown(url) + " sends more framing than content: over the limit of " + MOST_FRAMING + " to 1.");
        }
    }

    private long received() {
        EndpointDetails connection = context.getEndpointDetails();
        return connection == null ? 0 : connection.getReceivedBytesCount();
    }

    private OutgoingHttpException failure(WebAddress url, Exception e) throws InterruptedException {
        // most often this side has caused the failure
        checkStop(url);
        String shown = Urls.shown(url);
        if (e instanceof UnknownHostException) {
            return new UnresolvedHostException(
                    "DNS knows no host " + url.host() + " (" + shown + "). Is the name right?", e);
        }
        if (e instanceof MessageConstraintException) {
            return new UnusableAnswerException(
                    shown + " sent more than the limits of an answer allow: " + Urls.cut(e.getMessage(), 100) + ".", e);
        }
        if (e instanceof ZipException) {
            return new UnusableAnswerException(
                    shown + " sent content that its Content-Encoding does not decode: " + Urls.cut(e.getMessage(), 100)
                            + ".",
                    e);
        }
        if (e instanceof InterruptedIOException) {
            return new HttpTimeoutException(shown + " timed out: " + Urls.cut(String.valueOf(e.getMessage()), 300), e);
        }
        return new ConnectionFailedException(
                "The connection to " + shown + " failed: " + Urls.cut(String.valueOf(e.getMessage()), 300), e);
    }

    @Override
    public void close() {
        watch.close();
    }
}
