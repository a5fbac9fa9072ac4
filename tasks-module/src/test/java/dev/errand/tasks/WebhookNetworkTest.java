package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import dev.errand.api.TaskRetry;
import dev.errand.tasks.http.ConnectionFailedException;
import dev.errand.tasks.http.HttpTimeoutException;
import dev.errand.tasks.http.RefusedAddressException;
import dev.errand.tasks.http.TransientHttpException;
import dev.errand.tasks.http.UnresolvedHostException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookNetworkTest {
    private static final String SECRET = "s3cret";
    private static final Map<String, Integer> PAYLOAD = Map.of("a", 1);

    @TempDir
    Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private final WebhookTask task = new WebhookTask();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        start("PT10S");
    }

    private void start(String timeout) throws IOException {
        stop();
        server = new TestServer(folder, Map.of("errand.http.timeout", timeout));
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

    private Throwable failure(String url) {
        Throwable failure = catchThrowable(() -> task.handle(new Webhook(url, "a/b", PAYLOAD, SECRET), context));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://private.test/", "http://127.0.0.2/", "http://[::1]/"})
    void refusesPrivateAddresses(String url) {
        assertThat(failure(url)).isInstanceOf(RefusedAddressException.class).hasMessageContaining("errand.http.allow");
    }

    @Test
    void aRefusalTakesNoConnectionOutOfThePool() throws InterruptedException {
        for (int i = 0; i < 101; i++) {
            assertThat(failure("http://private.test/")).isInstanceOf(RefusedAddressException.class);
        }
        server.on("/hook", 200, "");
        assertThat(task.handle(new Webhook(server.url("/hook"), null, null, null), context)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void retriesAnUnknownHostThreeTimesOnly() {
        assertThat(failure("http://nonexistent.invalid/"))
                .isInstanceOf(TaskRetry.class)
                .hasCauseInstanceOf(UnresolvedHostException.class);
        context.retries = 3;
        assertThat(failure("http://nonexistent.invalid/"))
                .isInstanceOf(UnresolvedHostException.class)
                .hasMessageContaining("nonexistent.invalid");
    }

    @Test
    void saysWhenThereIsNoConnection() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(failure("http://127.0.0.1:" + free + "/"))
                .isInstanceOf(ConnectionFailedException.class)
                .isInstanceOf(TransientHttpException.class);
    }

    @Test
    void saysWhenTheServerHangsUp() {
        server.on("/hook", exchange -> exchange.close());
        assertThat(failure(server.url("/hook"))).isInstanceOf(ConnectionFailedException.class);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void waitsForNoAnswerLongerThanTheTimeout() throws IOException {
        start("PT0.3S");
        server.on("/hook", exchange -> server.over.await());
        assertThat(failure(server.url("/hook")))
                .isInstanceOf(HttpTimeoutException.class)
                .isInstanceOf(TransientHttpException.class);
    }

    @Test
    void aDrippingErrorDoesNotHoldTheThread() throws IOException {
        start("PT0.5S");
        server.drip("/hook", 500);
        assertThat(failure(server.url("/hook")))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("errand.http.timeout = PT0.5S");
    }

    @Test
    void aDrippingHandshakeDoesNotHoldTheThread() throws IOException {
        start("PT0.5S");
        assertThat(failure("https://127.0.0.1:" + server.dripTls() + "/"))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("errand.http.timeout = PT0.5S");
    }

    @Test
    void callsOfOneHostShareAConnection() throws InterruptedException {
        server.on("/hook", 200, "thank you");
        for (int i = 0; i < 3; i++) {
            task.handle(new Webhook(server.url("/hook"), null, null, null), context);
        }
        assertThat(server.requests.stream().map(HttpExchange::getRemoteAddress).distinct())
                .hasSize(1);
    }

    @Test
    void aDrippingSuccessIsASuccess() throws IOException, InterruptedException {
        start("PT0.5S");
        server.drip("/hook", 200);
        assertThat(task.handle(new Webhook(server.url("/hook"), null, null, null), context)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void stopsWhenTheTaskIsRevoked() {
        server.on("/hook", exchange -> {
            context.revoked = true;
            server.over.await();
        });
        assertThat(failure(server.url("/hook"))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Thread worker = Thread.currentThread();
        server.on("/hook", exchange -> {
            worker.interrupt();
            server.over.await();
        });
        assertThat(failure(server.url("/hook"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aStoppedClientIsWorthARetry() throws IOException {
        server.http.close();
        assertThat(failure(server.url("/hook"))).isInstanceOf(TransientHttpException.class);
    }
}
