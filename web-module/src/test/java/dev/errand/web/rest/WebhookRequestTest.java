package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import dev.errand.tasks.webhook.WebhookInfo;
import dev.errand.web.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookRequestTest {

    @Test
    void everyFieldIsRead() {
        assertThat(read("{\"url\":\"http://a.test/\",\"topics\":[\"a\",\"b/*\"],\"secret\":\"s\"}", WebhookRequest.ADD))
                .isEqualTo(new WebhookRequest("http://a.test/", List.of("a", "b/*"), "s", null, null));
        assertThat(read("{\"overlap\":\"PT1H\",\"secret\":null}", WebhookRequest.ROTATE)
                        .overlap())
                .isEqualTo(Duration.ofHours(1));
        assertThat(read("", WebhookRequest.ROTATE)).isEqualTo(new WebhookRequest(null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic|{\"url\":\"http://a.test/\",\"topic\":[\"a\"]}",
                "overlap|{\"overlap\":\"PT1H\"}",
                "url|{\"url\":1}",
                "topics|{\"topics\":\"a\"}",
                "topics|{\"topics\":[1]}",
                "secret|{\"secret\":[\"hush\"]}",
            })
    void aWrongFieldIsNamed(String field, String body) {
        assertThatThrownBy(() -> read(body, WebhookRequest.ADD))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageNotContaining("hush");
    }

    @Test
    void theSecretIsAFieldOfTheWebhook() {
        WebhookInfo webhook = new WebhookInfo(
                "w", "http://a.test/", List.of("a"), true, null, "ann", Instant.EPOCH, null, null, null, null, null);
        String json = new String(Json.write(new WebhookCalls.WithSecret(webhook, "whsec_x")), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"id\":\"w\",\"url\":\"http://a.test/\",\"topics\":[\"a\"],\"enabled\":true,")
                .endsWith("\"secret\":\"whsec_x\"}");
    }

    private static WebhookRequest read(String body, List<String> allowed) {
        return WebhookRequest.of(body.getBytes(StandardCharsets.UTF_8), allowed);
    }
}
