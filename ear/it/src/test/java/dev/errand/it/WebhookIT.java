package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The built-in tasks, against a web server on this machine that {@code errand.http.allow} names. */
class WebhookIT extends AppIT {
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    private record Received(Map<String, String> headers, String body) {}

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            received.add(new Received(
                    headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Integer status = answers.poll();
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
        });
        receiver.createContext("/file.csv", exchange -> {
            byte[] file = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/csv");
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    @Test
    void aWebhookIsSignedAndRetriedWhenTheReceiverSaysSo() throws Exception {
        answers.add(503);
        String id = rest.send(Map.of(
                "task",
                "webhook.notify",
                "argument",
                Map.of("url", url("/hook"), "topic", "dataset/create", "payload", Map.of("n", 1), "secret", "s3cret")));

        JsonNode task = rest.awaitState(id, "SUCCESS");
        assertThat(task.path("runs")).hasSize(2);
        assertThat(task.toString()).doesNotContain("s3cret");
        assertThat(received).hasSize(2);
        Received last = received.stream().skip(1).findFirst().orElseThrow();
        assertThat(last.body()).isEqualTo("{\"n\":1}");
        assertThat(last.headers()).containsEntry("Errand-Task-Id", id).containsEntry("Errand-Topic", "dataset/create");
        String signed = id + "." + last.headers().get("Errand-Timestamp") + "." + last.body();
        assertThat(last.headers().get("Errand-Signature")).isEqualTo("sha256=" + hmac("s3cret", signed));
    }

    private static String hmac(String secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRefusalFailsAtOnceWithTheStatus() {
        answers.add(410);
        String id = rest.send(
                Map.of("task", "webhook.notify", "argument", Map.of("url", url("/hook"), "topic", "t", "payload", 1)));

        assertThat(rest.awaitState(id, "FAILURE").path("error").path("message").asString())
                .contains("410");
    }

    @Test
    void privateAddressesAreRefusedUnlessTheyAreAllowed() {
        String id = rest.send(Map.of(
                "task",
                "webhook.notify",
                "argument",
                Map.of("url", "http://127.0.0.2:1/x", "topic", "t", "payload", 1)));

        assertThat(rest.awaitState(id, "FAILURE").path("error").path("message").asString())
                .contains("127.0.0.2", "errand.http.allow");
    }

    @Test
    void aFileIsArchivedWithItsChecksum() throws Exception {
        String id = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", url("/file.csv"))));

        JsonNode result = rest.awaitState(id, "SUCCESS").path("result");
        assertThat(result.path("bytes").asInt()).isEqualTo(8);
        assertThat(result.path("contentType").asString()).isEqualTo("text/csv");
        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("sha256").asString()).hasSize(64);
        assertThat(Files.readString(Path.of(result.path("file").asString()))).isEqualTo("a,b\n1,2\n");
    }

    @Test
    void aBrokenLinkAndALargeFileSayWhichTheyAre() {
        String broken = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", url("/nothing"))));
        String large = rest.send(
                Map.of("task", "archiver.archive", "argument", Map.of("url", url("/file.csv"), "maxBytes", 4)));

        assertThat(rest.awaitState(broken, "FAILURE")
                        .path("error")
                        .path("message")
                        .asString())
                .contains("404");
        assertThat(rest.awaitState(large, "FAILURE")
                        .path("error")
                        .path("message")
                        .asString())
                .contains("4");
    }

    @Test
    void theSampleSavesADatasetAndSendsItsWebhookInOneTransaction() {
        JsonNode sample = rest.post(HOST + "/tasks/sample/datasets", Map.of("name", "rivers", "url", url("/hook")))
                .expect(201)
                .json();

        rest.awaitState(sample.path("task").asString(), "SUCCESS");
        assertThat(received).hasSize(1);
        assertThat(received.peek().body())
                .contains("rivers", sample.path("dataset").asString());
    }
}
