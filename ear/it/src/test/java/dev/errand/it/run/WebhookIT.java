package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.server.ServerContainer;
import dev.errand.tasks.webhook.DeliveryCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
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

        TaskView task = rest.awaitState(id, "SUCCESS");
        assertThat(task.runs()).hasSize(2);
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

        assertThat(rest.awaitState(id, "FAILURE").error().message()).contains("410");
    }

    @Test
    void privateAddressesAreRefusedUnlessTheyAreAllowed() {
        String id = rest.send(Map.of(
                "task",
                "webhook.notify",
                "argument",
                Map.of("url", "http://127.0.0.2:1/x", "topic", "t", "payload", 1)));

        assertThat(rest.awaitState(id, "FAILURE").error().message()).contains("127.0.0.2", "errand.http.allow");
    }

    @Test
    void aFileIsArchivedWithItsChecksum() throws Exception {
        String id = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", url("/file.csv"))));

        JsonNode result = rest.awaitState(id, "SUCCESS").result();
        assertThat(result.path("bytes").asInt()).isEqualTo(8);
        assertThat(result.path("contentType").asString()).isEqualTo("text/csv");
        assertThat(result.path("status").asInt()).isEqualTo(200);
        assertThat(result.path("sha256").asString()).hasSize(64);
        assertThat(archived(result)).isEqualTo("a,b\n1,2\n");
    }

    /** The result names the file by its path within the archive. */
    private static String archived(JsonNode result) throws IOException {
        String file = result.path("file").asString();
        assertThat(file).doesNotStartWith("/").doesNotContain("..");
        return Files.readString(ServerContainer.archive().resolve(file));
    }

    /** A blank and letters in the address, a redirect to a query alone, and content that the server packs without being asked. */
    @Test
    void aPortalsAddressIsReadAsABrowserReadsIt() throws Exception {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        receiver.createContext("/my", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            if (exchange.getRequestURI().getRawQuery() == null) {
                exchange.getResponseHeaders().add("Location", "?jahr=M\u00c3\u00a4rz");
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                exchange.getResponseHeaders().add("Content-Disposition", "attachment; filename*=UTF-8''m%C3%A4rz.csv");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
                    packed.write("a,b\n".getBytes(StandardCharsets.UTF_8));
                }
            }
            exchange.close();
        });
        String id = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", url("/my datä.csv#top"))));

        JsonNode result = rest.awaitState(id, "SUCCESS").result();
        assertThat(asked).containsExactly("/my%20dat%C3%A4.csv", "/my%20dat%C3%A4.csv?jahr=M%C3%A4rz");
        assertThat(archived(result)).isEqualTo("a,b\n");
        assertThat(result.path("bytes").asInt()).isEqualTo(4);
        assertThat(result.path("name").asString()).isEqualTo("märz.csv");
    }

    /** One header of 132 MiB ended a server with 700 MB of heap. */
    @Test
    void anAnswerThatWantsAllMemoryFailsAtOnce() throws Exception {
        try (ServerSocket hostile = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket client = hostile.accept()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    for (int mib = 0; mib < 132; mib++) {
                        client.getOutputStream().write(new byte[1024 * 1024]);
                    }
                } catch (IOException e) {
                    // the client has enough
                }
            });
            server.start();
            String id = rest.send(Map.of(
                    "task",
                    "archiver.archive",
                    "argument",
                    Map.of("url", "http://127.0.0.1:" + hostile.getLocalPort() + "/")));

            TaskView task = rest.awaitState(id, "FAILURE");
            assertThat(task.error().type()).endsWith(".UnusableAnswerException");
            assertThat(task.error().message()).contains("limits of an answer");
            assertThat(task.runs()).hasSize(1);
            server.join(10_000);
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void aPasswordInAnAddressIsRefusedAndNotShown() {
        String address = "http://me:hush-hush@127.0.0.1/";
        String id = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", address)));
        String other = script("it.scripted", "see " + address);

        assertThat(rest.awaitState(id, "FAILURE").toString()).contains("log-in").doesNotContain("hush");
        assertThat(rest.awaitState(other, "FAILURE").toString())
                .contains("***@127.0.0.1")
                .doesNotContain("hush");
        assertThat(rest.get("/tasks?limit=20").expect(200).text()).contains(id).doesNotContain("hush");
        assertThat(rest.post(HOST + "/tasks/sample/datasets", Map.of("name", "rivers", "url", address))
                        .expect(400)
                        .text())
                .contains("log-in")
                .doesNotContain("hush");
    }

    @Test
    void aMisspelledFieldIsNamedAndNothingIsDelivered() {
        String id = rest.send(
                Map.of("task", "webhook.notify", "argument", Map.of("url", url("/hook"), "payoad", Map.of("n", 1))));

        TaskView.TaskError error = rest.awaitState(id, "FAILURE").error();
        assertThat(error.type()).endsWith(".BadArgumentException");
        assertThat(error.message()).contains("\"payoad\"", "url, topic, payload, secret");
        assertThat(received).isEmpty();
    }

    @Test
    void aBrokenLinkAndALargeFileSayWhichTheyAre() {
        String broken = rest.send(Map.of("task", "archiver.archive", "argument", Map.of("url", url("/nothing"))));
        String large = rest.send(
                Map.of("task", "archiver.archive", "argument", Map.of("url", url("/file.csv"), "maxBytes", 4)));

        assertThat(rest.awaitState(broken, "FAILURE").error().message()).contains("404");
        assertThat(rest.awaitState(large, "FAILURE").error().message()).contains("4");
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

    private Rest.Answer delete(String path) {
        return rest.call(rest.request(path).DELETE());
    }

    private JsonNode addWebhook(String... topics) {
        return rest.post("/webhooks", Map.of("url", url("/hook"), "topics", List.of(topics)))
                .expect(201)
                .json();
    }

    private String post(String id, boolean fail) {
        Rest.Answer answer = rest.post(HOST + "/app/?notice=" + id + (fail ? "&fail=true" : ""));
        assertThat(answer.status()).as(answer.text()).isEqualTo(fail ? 500 : 200);
        return id;
    }

    private List<Received> awaitReceived(int count) {
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> received.size() >= count);
        return List.copyOf(received);
    }

    private static boolean isGenuine(String secret, Received call) throws Exception {
        return DeliveryCheck.isGenuine(
                secret, call.headers()::get, call.body().getBytes(StandardCharsets.UTF_8), Instant.now());
    }

    /** Leaves no webhook to the other tests. */
    @AfterEach
    void removeWebhooks() {
        rest.get("/webhooks")
                .expect(200)
                .json()
                .path("webhooks")
                .forEach(webhook ->
                        delete("/webhooks/" + webhook.path("id").asString()).expect(204));
    }

    @Test
    void subscribersAreToldOfWhatIsCommittedAndOfNothingElse() throws Exception {
        JsonNode webhook = addWebhook("notice/*");
        addWebhook("other/**");
        String lost = post(id(), true);
        String kept = post(id(), false);

        Received call = awaitReceived(1).get(0);
        assertThat(call.body()).isEqualTo("{\"id\":\"" + kept + "\"}");
        assertThat(call.headers()).containsEntry("Errand-Topic", "notice/posted");
        assertThat(isGenuine(webhook.path("secret").asString(), call)).isTrue();
        TaskView task = rest.awaitState(call.headers().get("webhook-id"), "SUCCESS");
        assertThat(task.json().path("argument").toString())
                .contains(webhook.path("id").asString(), "notice/posted")
                .doesNotContain("whsec", "\"url\"");
        assertThat(ledger(lost)).isEmpty();
        assertThat(ledger(kept)).hasSize(1);
        assertThat(received).extracting(Received::body).doesNotContain("{\"id\":\"" + lost + "\"}");
    }

    @Test
    void aSecretIsShownOnceAndRotatedWithAnOverlap() throws Exception {
        JsonNode webhook = addWebhook("notice/*");
        String path = "/webhooks/" + webhook.path("id").asString();
        String first = webhook.path("secret").asString();
        assertThat(first).startsWith("whsec_");
        assertThat(webhook.path("owner").asString()).isEqualTo("admin");
        String second = rest.post(path + "/rotate", Map.of("overlap", "PT1H"))
                .expect(200)
                .json()
                .path("secret")
                .asString();
        assertThat(second).startsWith("whsec_").isNotEqualTo(first);
        for (String read : List.of(path, "/webhooks")) {
            assertThat(rest.get(read).expect(200).text())
                    .contains("previousSecretUntil")
                    .doesNotContain("whsec");
        }

        post(id(), false);
        Received call = awaitReceived(1).get(0);
        assertThat(isGenuine(first, call)).isTrue();
        assertThat(isGenuine(second, call)).isTrue();
    }

    @Test
    void aReceiverThatIsGoneLosesItsWebhook() {
        JsonNode webhook = addWebhook("**");
        answers.add(410);
        String task = rest.post("/webhooks/" + webhook.path("id").asString() + "/ping")
                .expect(202)
                .json()
                .path("id")
                .asString();
        assertThat(rest.awaitState(task, "FAILURE").error().message()).contains("410");
        assertThat(rest.get("/webhooks/" + webhook.path("id").asString())
                        .expect(404)
                        .text())
                .contains("410");
    }

    @Test
    void aDisabledWebhookIsNotToldAndAFailedDeliveryIsDeliveredAgain() {
        JsonNode webhook = addWebhook("notice/*");
        String path = "/webhooks/" + webhook.path("id").asString();
        answers.add(400);
        post(id(), false);
        String task = awaitReceived(1).get(0).headers().get("webhook-id");
        rest.awaitState(task, "FAILURE");

        rest.post(path + "/disable", Map.of("reason", "holiday")).expect(200);
        assertThat(rest.get(path).json().path("disabledReason").asString()).isEqualTo("holiday");
        post(id(), false);
        rest.post(path + "/enable").expect(200);

        String again = rest.post(path + "/deliveries/" + task + "/redeliver")
                .expect(202)
                .json()
                .path("id")
                .asString();
        rest.awaitState(again, "SUCCESS");
        String third = rest.post(path + "/deliveries/" + task + "/redeliver")
                .expect(202)
                .json()
                .path("id")
                .asString();
        rest.awaitState(third, "SUCCESS");
        assertThat(third).isNotEqualTo(task);
        assertThat(received).hasSize(3);
        assertThat(received)
                .extracting(Received::body)
                .containsOnly(received.peek().body());
        assertThat(received)
                .extracting(call -> call.headers().get("webhook-id"))
                .containsOnly(task);

        JsonNode log = rest.get(path + "/deliveries").expect(200).json().path("deliveries");
        assertThat(log).hasSize(3);
        assertThat(log.get(2).path("status").asInt()).isEqualTo(400);
        assertThat(log.get(2).path("error").asString()).contains("400");
        assertThat(log.get(1).path("attempt").asInt()).isEqualTo(2);
        JsonNode page = rest.get(path + "/deliveries?limit=1").expect(200).json();
        assertThat(page.path("deliveries").get(0)).isEqualTo(log.get(0));
        assertThat(rest.get(path + "/deliveries?limit=1&cursor="
                                + page.path("next").asString())
                        .expect(200)
                        .json()
                        .path("deliveries")
                        .get(0))
                .isEqualTo(log.get(1));
    }

    @Test
    void badValuesOfAWebhookAreNamed() {
        Map<String, Map<String, ?>> bodies = Map.of(
                "topics", Map.of("url", url("/hook"), "topics", List.of("a//b")),
                "url", Map.of("url", "http://127.0.0.2/", "topics", List.of("a")),
                "secret", Map.of("url", url("/hook"), "topics", List.of("a"), "secret", "hush"),
                "topic", Map.of("url", url("/hook"), "topic", "a"));
        bodies.forEach((field, body) -> {
            Rest.Answer answer = rest.post("/webhooks", body).expect(400);
            assertThat(answer.json().path("field").asString()).isEqualTo(field);
            assertThat(answer.text()).doesNotContain("hush");
        });
        String webhook = addWebhook("a").path("id").asString();
        JsonNode changed = rest.put("/webhooks/" + webhook, Map.of("url", url("/hook"), "topics", List.of("b/**")))
                .expect(200)
                .json();
        assertThat(changed.path("topics").get(0).asString()).isEqualTo("b/**");
        rest.put("/webhooks/none", Map.of("url", url("/hook"), "topics", List.of("b")))
                .expect(404);
        rest.get("/webhooks?limit=0").expect(400);
        rest.as("viewer").get("/webhooks/" + webhook).expect(200);
        rest.as("viewer").post("/webhooks/" + webhook + "/rotate").expect(403);
    }
}
