package dev.errand.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.Chance;
import dev.errand.it.client.Ports;
import dev.errand.it.client.Wire;
import dev.errand.url.UserInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Random requests over REST, a thousand, or for as long as errand.it.fuzz says. The server serves each
 * or refuses it with a reason: no internal error, no secret in an answer, and an accepted argument is kept as it was sent.
 */
class FuzzIT extends AppIT {
    private static final int AT_LEAST = 1_000;
    private static final Set<String> MASKED = Set.of("secret", "password");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String ADMIN =
            "Basic " + Base64.getEncoder().encodeToString("admin:admin-password".getBytes(StandardCharsets.UTF_8));

    /** WildFly does not always match the last part of an address behind such a segment. */
    private static final Pattern DOTS = Pattern.compile("(^|/)\\.+(/|$)");

    /** 0.10 and 0.1 are the same number. */
    private static final Comparator<JsonNode> BY_VALUE = (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    };

    private final Wire wire = new Wire(Ports.http(Ports.ARQUILLIAN));

    private final List<String> webhooks = new ArrayList<>();

    @Test
    void eachRequestIsServedOrRefusedWithAReason() throws IOException {
        Chance chance = new Chance();
        Duration time = Duration.parse(System.getProperty("errand.it.fuzz"));
        int logged = SecurityIT.log().length();
        String cursor = cursor();
        long end = System.nanoTime() + time.toNanos();
        for (int i = 0; i < AT_LEAST || System.nanoTime() < end; i++) {
            OddRequest request = OddRequest.next(chance, cursor);
            String what = chance + ", request " + i + ": " + request;
            Wire.Answer answer = send(what, request);
            if (answer.status() == 201 && !request.damaged()) {
                isKept(what, request.argument(), answer);
            }
        }
        for (String webhook : webhooks) {
            send(chance.toString(), OddRequest.of("GET", webhook));
            revoke(chance.toString(), webhook);
        }
        assertThat(SecurityIT.log().substring(logged))
                .as(chance.toString())
                .doesNotContain(OddJson.KERNEL, "ERRAND-0901")
                .doesNotContainPattern("\\b(ERROR|SEVERE)\\b.*dev\\.errand");
    }

    private String cursor() {
        for (int i = 0; i < 2; i++) {
            rest.send(Map.of("task", "no.such"));
        }
        return rest.get("/tasks?limit=1").expect(200).json().path("next").asString();
    }

    private Wire.Answer send(String what, OddRequest request) throws IOException {
        Wire.Answer answer = wire.send(request.head(ADMIN), request.body());
        String said = what + "\n" + answer.status() + " " + answer.headers() + "\n" + answer.text();
        assertThat(answer.status()).as(said).isBetween(200, 499);
        assertThat(answer.text()).as(said).doesNotContain(OddJson.KERNEL);
        boolean unread = answer.status() == 400
                && answer.body().length == 0
                && answer.header("connection").equals("close");
        // otherwise the server could not read the request, and no other user ever saw it
        if (answer.status() >= 400 && !unread) {
            assertThat(answer.header("content-type")).as(said).startsWith("application/problem+json");
            assertThat(answer.text())
                    .as(said)
                    .doesNotContainPattern(SecurityIT.SERVER)
                    .doesNotContainPattern(SecurityIT.TRACE)
                    .doesNotContain(System.getProperty("errand.it.servers"), OddJson.DAMAGED);
            assertThat(answer.body().length).as(said).isLessThan(10_000);
            if (!request.method().equals("HEAD")) {
                assertThat(answer.text()).as(said).startsWith("{");
                assertThat(JSON.readTree(answer.text()).path("status").asInt())
                        .as(said)
                        .isEqualTo(answer.status());
            }
        }
        return answer;
    }

    /** Under its own address, with the argument that was sent; and can be revoked there. */
    private void isKept(String what, String argument, Wire.Answer created) throws IOException {
        String id = JSON.readTree(created.text()).path("id").asString();
        String path = URI.create(created.header("location")).getRawPath();
        JsonNode expected = masked(JSON.readTree(argument));
        Wire.Answer found = send(what, OddRequest.of("GET", path));
        String said = what + "\nat " + path + ": " + found.text();
        assertThat(found.status()).as(said).isEqualTo(200);
        JsonNode task = JSON.readTree(found.text());
        assertThat(task.path("argument").equals(BY_VALUE, expected)).as(said).isTrue();
        assertThat(task.path("id").asString()).as(said).isEqualTo(id);
        if (DOTS.matcher(id).find()) {
            return;
        }
        if (task.path("task").asString().equals("webhook.notify")) {
            webhooks.add(path);
        } else {
            revoke(what, path);
        }
    }

    private void revoke(String what, String path) throws IOException {
        Wire.Answer answer = send(what, OddRequest.of("POST", path + "/revoke"));
        assertThat(answer.status()).as(what + "\n" + answer.text()).isIn(200, 409);
    }

    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode shown = JSON.createObjectNode();
            object.forEachEntry((name, value) -> shown.set(
                    UserInfo.masked(name),
                    MASKED.contains(name.toLowerCase(Locale.ROOT)) && !value.isNull()
                            ? StringNode.valueOf("***")
                            : masked(value)));
            return shown;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
        }
        return node.isString() ? StringNode.valueOf(UserInfo.masked(node.stringValue())) : node;
    }
}
