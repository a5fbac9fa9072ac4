package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.api.TaskRetry;
import dev.errand.tasks.http.ConnectionFailedException;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.HttpTimeoutException;
import dev.errand.tasks.http.RefusedAddressException;
import dev.errand.tasks.http.TemporaryStatusException;
import dev.errand.tasks.http.UnresolvedHostException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ArchiverFailureTest {
    @TempDir
    Path temp;

    private final FakeTaskContext context = new FakeTaskContext();
    private final ArchiverTask task = new ArchiverTask();
    private Path folder;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        start("PT10S", "1000000");
    }

    private void start(String timeout, String maxBytes) throws IOException {
        stop();
        folder = temp.resolve("archive");
        server =
                new TestServer(folder, Map.of("errand.archive.timeout", timeout, "errand.archive.max-bytes", maxBytes));
        task.http = server.http;
        task.config = server.config;
        task.clock = Clock.systemUTC();
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private Throwable failure(String url, Long maxBytes) {
        Throwable failure = catchThrowable(() -> task.handle(new Archive(url, maxBytes), context));
        assertThat(server.files()).isEmpty();
        return failure;
    }

    @Test
    void refusesByContentLength() throws IOException {
        start("PT10S", "100");
        server.on("/big", 200, "x".repeat(101));
        assertThat(failure(server.url("/big"), 1000L))
                .isInstanceOf(SizeLimitException.class)
                .hasMessageContaining("100 bytes")
                .hasMessageContaining("errand.archive.max-bytes");
        assertThat(context.progress).isEmpty();
    }

    @Test
    void refusesWhileStreaming() {
        server.drip("/big", 200);
        assertThat(failure(server.url("/big"), 5L))
                .isInstanceOf(SizeLimitException.class)
                .hasMessageContaining("5 bytes")
                .hasMessageContaining("maxBytes");
        assertThat(context.progress).contains("1/0 downloading");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 401, 404, 410})
    void saysThatALinkIsBroken(int status) {
        server.on("/gone", status, "");
        assertThat(failure(server.url("/gone"), null))
                .isInstanceOf(FailedStatusException.class)
                .hasMessageStartingWith("Broken link: " + server.url("/gone") + " answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void leavesTemporaryStatusesToTheRetryPolicy(int status) {
        server.on("/busy", status, "");
        assertThat(failure(server.url("/busy"), null)).isInstanceOf(TemporaryStatusException.class);
    }

    @Test
    void obeysRetryAfter() {
        server.on("/busy", 503, "", "Retry-After", "60");
        assertThat(failure(server.url("/busy"), null))
                .isInstanceOfSatisfying(
                        TaskRetry.class, retry -> assertThat(retry.countdown()).isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void refusesARedirectToAPrivateAddress() {
        server.on("/x", 302, "", "Location", "http://private.test/latest/");
        assertThat(failure(server.url("/x"), null))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining("127.0.0.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://me:hush@a.test/", "http://[broken?hush"})
    void refusesAnOddRedirect(String location) {
        server.on("/x", 302, "", "Location", location);
        assertThat(failure(server.url("/x"), null))
                .isInstanceOf(FailedStatusException.class)
                .hasMessageStartingWith("Broken link: ")
                .hasMessageNotContaining("hush");
    }

    @Test
    void tellsTheFailuresOfTheNetworkApart() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(failure("http://127.0.0.1:" + free + "/", null)).isInstanceOf(ConnectionFailedException.class);
        assertThat(failure("http://private.test/", null)).isInstanceOf(RefusedAddressException.class);
        context.retries = 3;
        assertThat(failure("http://nonexistent.invalid/", null)).isInstanceOf(UnresolvedHostException.class);
    }

    @Test
    void takesACutConnectionForNoEnd() {
        server.on("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("hello".getBytes());
            exchange.getResponseBody().flush();
        });
        assertThat(failure(server.url("/cut"), null)).isInstanceOf(ConnectionFailedException.class);
    }

    @Test
    void aDrippingServerDoesNotHoldTheThread() throws IOException {
        start("PT1S", "1000000");
        server.drip("/slow", 200);
        assertThat(failure(server.url("/slow"), null))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("errand.archive.timeout = PT1S");
    }

    @Test
    void stopsWhenTheTaskIsRevoked() {
        server.on("/x", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            context.revoked = true;
            server.over.await();
        });
        assertThat(failure(server.url("/x"), null)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread worker = Thread.currentThread();
        server.on("/x", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            worker.interrupt();
            server.over.await();
        });
        assertThat(failure(server.url("/x"), null)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws IOException {
        Files.writeString(folder, "a file in the folder's place");
        server.on("/x", 200, "hello");
        assertThat(catchThrowable(() -> task.handle(new Archive(server.url("/x"), null), context)))
                .isInstanceOf(ArchiveWriteException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("errand.archive.dir");
    }
}
