package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.tasks.http.HttpTimeoutException;
import dev.errand.tasks.http.OutgoingHttpException;
import dev.errand.tasks.http.UnusableAnswerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that want the client's memory or its thread: each gets a few of the client's bytes, and no more of its time than allowed. */
@Timeout(60)
class HostileServerTest {
    private static final int MIB = 1024 * 1024;
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    @TempDir
    Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private TestServer client;
    private RawServer server;

    @AfterEach
    void stop() throws IOException {
        server.close();
        client.close();
    }

    private Throwable archive(String timeout, RawServer.Script script) throws IOException {
        start(timeout, script);
        ArchiverTask task = new ArchiverTask();
        task.http = client.http;
        task.config = client.config;
        task.clock = Clock.systemUTC();
        Throwable failure = catchThrowable(() -> task.handle(new Archive(server.url("/x"), null), context));
        assertThat(client.files()).isEmpty();
        return failure;
    }

    private Throwable notify(String timeout, RawServer.Script script) throws IOException {
        start(timeout, script);
        WebhookTask task = new WebhookTask();
        task.http = client.http;
        task.config = client.config;
        task.clock = Clock.systemUTC();
        return catchThrowable(() -> task.handle(new Webhook(server.url("/x"), "a", 1, null), context));
    }

    private void start(String timeout, RawServer.Script script) throws IOException {
        client = new TestServer(
                folder,
                Map.of(
                        "errand.archive.timeout",
                        timeout,
                        "errand.http.timeout",
                        timeout,
                        "errand.archive.max-bytes",
                        "1000000"));
        server = new RawServer(script);
    }

    /** Answers without an end, each of which once filled the heap or the thread's hour. */
    static Stream<Named<RawServer.Script>> endlessHeads() {
        return Stream.of(
                Named.of("a header of 132 MiB", line -> {
                    line.send(OK + "X: ");
                    for (int i = 0; i < 132; i++) {
                        line.send("x".repeat(MIB));
                    }
                    line.send("\r\n\r\n");
                }),
                Named.of("headers", line -> line.send(OK).endlessly("X: y\r\n")),
                Named.of("a folded header", line -> line.send(OK + "X: y\r\n").endlessly(" and more\r\n")),
                Named.of("a header of blanks", line -> line.send(OK + "X:").endlessly(" ")),
                Named.of("a header's name", line -> line.send(OK).endlessly("x")),
                Named.of("a status line", line -> line.send("HTTP/1.1 200 ").endlessly("OK ")),
                Named.of("a protocol's name", line -> line.endlessly("HTTP/")),
                Named.of("zeros", line -> line.endlessly("\0")),
                Named.of("empty lines", line -> line.endlessly("\r\n")),
                Named.of("interim answers", line -> line.endlessly("HTTP/1.1 103 Early Hints\r\n\r\n")),
                Named.of("permissions to continue", line -> line.endlessly("HTTP/1.1 100 Continue\r\n\r\n")),
                Named.of(
                        "interim answers with headers",
                        line -> line.endlessly("HTTP/1.1 102 Processing\r\n"
                                + ("X: " + "y".repeat(1000) + "\r\n").repeat(10) + "\r\n")));
    }

    static Stream<Named<RawServer.Script>> endlessFrames() {
        return Stream.of(
                Named.of(
                        "a chunk's extension", line -> line.send(CHUNKED + "1;").endlessly("x")),
                Named.of(
                        "extensions of chunks of a byte",
                        line -> line.send(CHUNKED).endlessly("1;" + "x".repeat(1000) + "\r\n.\r\n")),
                Named.of("a chunk's size", line -> line.send(CHUNKED).endlessly("0")),
                Named.of(
                        "a trailer",
                        line -> line.send(CHUNKED + "1\r\n.\r\n0\r\nX: ").endlessly("y")),
                Named.of(
                        "trailers",
                        line -> line.send(CHUNKED + "1\r\n.\r\n0\r\n").endlessly("X: y\r\n")),
                Named.of(
                        "a folded trailer",
                        line -> line.send(CHUNKED + "0\r\nX: y\r\n").endlessly(" z\r\n")));
    }

    @ParameterizedTest
    @MethodSource({"endlessHeads", "endlessFrames"})
    void anArchiveOfAnEndlessAnswerFailsAtOnce(RawServer.Script script) throws IOException {
        assertThat(archive("PT30S", script))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageStartingWith(server.url("/x"))
                .hasMessageContaining("limit");
        assertThat(server.written()).isLessThan(6L * MIB);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("endlessHeads")
    void aWebhookWithAnEndlessAnswerFailsAtOnce(RawServer.Script script) throws IOException {
        assertThat(notify("PT30S", script))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageContaining("limit");
        assertThat(server.written()).isLessThan(6L * MIB);
    }

    /** The receiver has accepted; the client reads a few kilobytes more and then drops the connection. */
    @ParameterizedTest
    @MethodSource("endlessFrames")
    void anAcceptedWebhookIsASuccessWhateverTheBody(RawServer.Script script) throws IOException {
        assertThat(notify("PT30S", script)).isNull();
        assertThat(server.written()).isLessThan(6L * MIB);
    }

    @Test
    void anEndlessContentEndsAtTheSizeLimit() throws IOException {
        assertThat(archive("PT30S", line -> line.send(OK + "\r\n").endlessly("x")))
                .isInstanceOf(SizeLimitException.class)
                .hasMessageContaining("1000000 bytes");
        assertThat(server.written()).isLessThan(6L * MIB);
    }

    @Test
    void anEndlessErrorIsQuotedFromItsBeginning() throws IOException {
        assertThat(archive(
                        "PT30S",
                        line -> line.send("HTTP/1.1 404 Gone fishing\r\n\r\n").endlessly("no ")))
                .isInstanceOf(OutgoingHttpException.class)
                .hasMessageContaining("404 Gone fishing: no no no");
        assertThat(server.written()).isLessThan(6L * MIB);
    }

    /** A byte now and then keeps every time-out of a socket from firing. */
    static Stream<Named<RawServer.Script>> drips() {
        return Stream.of(
                Named.of("nothing at all", line -> line.drip("")),
                Named.of("a status line", line -> line.send("HTTP/1.1 200 ").drip("O")),
                Named.of("headers", line -> line.send(OK).drip("X: y\r\n")),
                Named.of("a header", line -> line.send(OK + "X: ").drip("y")),
                Named.of("empty lines", line -> line.drip("\r")),
                Named.of(
                        "interim answers",
                        line -> line.send("HTTP/1.1 100 Continue\r\nX: ").drip("y")));
    }

    static Stream<Named<RawServer.Script>> drippingContents() {
        return Stream.of(
                Named.of(
                        "content",
                        line -> line.send(OK + "Content-Length: 99999\r\n\r\n").drip("x")),
                Named.of(
                        "content without a length",
                        line -> line.send(OK + "\r\n").drip("x")),
                Named.of("chunks", line -> line.send(CHUNKED).drip("1\r\n.\r\n")),
                Named.of("a chunk's size", line -> line.send(CHUNKED + "1").drip(" ")),
                Named.of(
                        "a chunk's extension", line -> line.send(CHUNKED + "1;").drip("x")),
                Named.of("trailers", line -> line.send(CHUNKED + "0\r\n").drip("X: y\r\n")));
    }

    @ParameterizedTest
    @MethodSource({"drips", "drippingContents"})
    void anArchiveEndsAtItsDeadline(RawServer.Script script) throws IOException {
        assertThat(archive("PT1S", script))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("errand.archive.timeout = PT1S");
    }

    @ParameterizedTest
    @MethodSource("drips")
    void aWebhookEndsAtItsDeadline(RawServer.Script script) throws IOException {
        assertThat(notify("PT1S", script))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("errand.http.timeout = PT1S");
    }

    /** Bytes that are no answer are a failure of the connection: a proxy that restarts sends such bytes, too. */
    static Stream<Named<String>> nonsense() {
        return Stream.of(
                Named.of("a negative chunk", CHUNKED + "-1\r\nx\r\n0\r\n\r\n"),
                Named.of("a chunk of more than a long", CHUNKED + "FFFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n"),
                Named.of("a chunk's size that is no number", CHUNKED + "zz\r\nx\r\n0\r\n\r\n"),
                Named.of("an end within a chunk", CHUNKED + "5\r\nx"),
                Named.of("a negative length", OK + "Content-Length: -1\r\n\r\nx"),
                Named.of("a length that is no number", OK + "Content-Length: ten\r\n\r\nx"),
                Named.of("a status that is no number", "HTTP/1.1 abc OK\r\n\r\nx"),
                Named.of("a status below 100", "HTTP/1.1 099 OK\r\n\r\nx"),
                Named.of("no HTTP", "SSH-2.0-OpenSSH_9.9\r\n"),
                Named.of("nothing", ""));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIsAClearFailure(String answer) throws IOException {
        assertThat(archive("PT10S", line -> line.send(answer)))
                .isInstanceOf(OutgoingHttpException.class)
                .hasMessageContaining(server.url("/x"))
                .hasMessageContaining("failed");
    }

    /** The limits are for attacks: the largest head that honest servers send is far below them. */
    @Test
    void aLargeHeadIsRead() throws IOException {
        String headers = ("X: " + "y".repeat(1000) + "\r\n").repeat(150) + "Z: " + "z".repeat(15_000) + "\r\n";
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(5);
        assertThat(notify("PT10S", line -> line.send(interim + OK + headers + "Content-Length: 2\r\n\r\nok")))
                .isNull();
    }
}
