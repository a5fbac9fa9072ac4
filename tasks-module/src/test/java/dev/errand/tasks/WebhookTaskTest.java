package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import dev.errand.api.TaskRetry;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.TemporaryStatusException;
import dev.errand.tasks.http.TransientHttpException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WebhookTaskTest {
    private static final String SECRET = "s3cret";
    private static final Map<String, Integer> PAYLOAD = Map.of("a", 1);

    @TempDir
    Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private final WebhookTask task = new WebhookTask();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(folder, Map.of());
        task.http = server.http;
        task.config = server.config;
        task.clock = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Throwable failure(String url) {
        Throwable failure = catchThrowable(() -> task.handle(new Webhook(url, "a/b", PAYLOAD, SECRET), context));
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
        }
        return failure;
    }

    @Test
    void postsThePayloadSigned() throws InterruptedException {
        server.on("/hook", 202, "thank you");
        WebhookResult result =
                task.handle(new Webhook(server.url("/hook?x=y"), "dataset/create", PAYLOAD, SECRET), context);

        assertThat(result).isEqualTo(new WebhookResult(202));
        assertThat(server.bodies).containsExactly("{\"a\":1}");
        assertThat(server.requests.get(0).getRequestMethod()).isEqualTo("POST");
        assertThat(server.requests.get(0).getRequestURI()).hasToString("/hook?x=y");
        Headers headers = server.requests.get(0).getRequestHeaders();
        assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(headers.getFirst("Errand-Task-Id")).isEqualTo("task-1");
        assertThat(headers.getFirst("Errand-Topic")).isEqualTo("dataset/create");
        assertThat(headers.getFirst("Errand-Timestamp")).isEqualTo("1767268800");
        // the same as Errand-Signature, which is by the line of openssl that the Javadoc gives
        assertThat(headers.getFirst("webhook-id")).isEqualTo("task-1");
        assertThat(headers.getFirst("webhook-timestamp")).isEqualTo("1767268800");
        assertThat(headers.getFirst("webhook-signature")).isEqualTo("v1,mrGXqT1V7W8F5KuxMmXrmMrA5Ae91T/FP0O7P7ZkVTE=");
        assertThat(headers.getFirst("Errand-Signature"))
                .isEqualTo("sha256=9ab197a93d55ed6f05e4abb13265eb98cac0e407bdd53fc53f43bb3fb6645531");
    }

    @Test
    void needsNeitherSecretNorTopic() throws InterruptedException {
        server.on("/hook", 204, "");
        task.handle(new Webhook(server.url("/hook"), null, List.of("ä", 1.5), null), context);

        assertThat(server.bodies).containsExactly("[\"ä\",1.5]");
        assertThat(server.requests.get(0).getRequestHeaders())
                .doesNotContainKeys("Errand-signature", "Webhook-signature", "Errand-topic", "Cookie", "Upgrade");
    }

    @Test
    void theIdOfTheMessageStaysWhenItIsTriedAgain() throws InterruptedException {
        server.on("/hook", 204, "");
        Webhook webhook = new Webhook(server.url("/hook"), "a", PAYLOAD, SECRET, null, "msg_1");
        task.handle(webhook, context);
        context.retries = 1;
        context.id = "task-2";
        task.handle(webhook, context);

        assertThat(server.requests)
                .extracting(request -> request.getRequestHeaders().getFirst("webhook-id"))
                .containsExactly("msg_1", "msg_1");
        assertThat(server.requests.stream()
                        .map(request -> request.getRequestHeaders().getFirst("webhook-signature"))
                        .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
    void leavesTemporaryStatusesToTheRetryPolicy(int status) {
        server.on("/hook", status, "");
        assertThat(failure(server.url("/hook")))
                .isInstanceOf(TemporaryStatusException.class)
                .isInstanceOf(TransientHttpException.class)
                .hasMessageContaining("answered " + status);
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 120, PT2M", "503, 'Thu, 01 Jan 2026 12:10:00 GMT', PT10M", "503, 9999999, PT24H"})
    void obeysRetryAfter(int status, String header, Duration wait) {
        server.on("/hook", status, "", "Retry-After", header);
        assertThat(failure(server.url("/hook"))).isInstanceOfSatisfying(TaskRetry.class, retry -> {
            assertThat(retry.countdown()).isEqualTo(wait);
            assertThat(retry).hasCauseInstanceOf(TemporaryStatusException.class);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 400, 401, 403, 404, 409, 410, 422})
    void failsAtOnceWithTheBeginningOfTheAnswer(int status) {
        server.on("/hook", status, status == 304 ? "" : "no such\n hook " + "x".repeat(500));
        Throwable failure = failure(server.url("/hook?token=hush"));
        assertThat(failure)
                .isInstanceOf(FailedStatusException.class)
                .isNotInstanceOf(TransientHttpException.class)
                .hasMessageContaining("answered " + status)
                .hasMessageNotContaining("hush");
        assertThat(failure.getMessage())
                .contains(status == 304 ? "" : "no such hook xxx")
                .hasSizeLessThan(350);
    }

    @Test
    void followsNoRedirect() {
        server.on("/hook", 307, "", "Location", "/elsewhere?token=hush");
        assertThat(failure(server.url("/hook")))
                .isInstanceOf(FailedStatusException.class)
                .hasMessageContaining("307")
                .hasMessageContaining(server.url("/elsewhere?…"))
                .hasMessageNotContaining("hush");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void refusesBadArguments() {
        assertBad(null, "needs an argument");
        assertBad(new Webhook(null, "a", 1, SECRET), "has no url");
        assertBad(new Webhook("ftp://a.test/", "a", 1, SECRET), "scheme");
        assertBad(new Webhook("http://me:s3cret@a.test/", "a", 1, SECRET), "log-in");
        assertBad(new Webhook("http://a.test/", "a\r\nX: y", 1, SECRET), "topic");
        assertBad(new Webhook("http://a.test/", "", 1, SECRET), "topic");
        assertBad(new Webhook("http://a.test/", "a", 1, ""), "secret is empty");
        assertBad(new Webhook("http://a.test/", "a", 1, "whsec_"), "secret is empty");
        assertBad(new Webhook("http://a.test/", "a", 1, "whsec_s3cret!"), "Base64");
        assertBad(new Webhook("http://a.test/", "a", 1, SECRET, null, "a.b"), "id");
        assertBad(new Webhook("http://a.test/", "a", 1, null, "w1", null), "webhook");
    }

    private void assertBad(Webhook webhook, String message) {
        assertThatThrownBy(() -> task.handle(webhook, context))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void keepsTheSecretOutOfItsText() {
        assertThat(new Webhook("http://a.test/", "a", SECRET, SECRET).toString())
                .contains("http://a.test/", "signed=true")
                .doesNotContain(SECRET);
    }
}
