package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.json.Json;
import dev.errand.tasks.http.BadArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelled field is an error that names it. Otherwise the intended field would be left out, for example a signature. */
class ArgumentFieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payoad|{\"url\":\"http://a.test/\",\"payoad\":{\"a\":1}}",
                "Secret|{\"Secret\":\"hush\",\"url\":\"http://a.test/\"}",
                "secret |{\"url\":\"http://a.test/\",\"payload\":null,\"secret \":\"hush\"}",
                "headers|{\"url\":\"http://a.test/\",\"headers\":[{\"a\":\"hush\"}]}",
            })
    void aWebhookNamesIt(String field, String json) {
        assertThatThrownBy(() -> Json.read(json, Webhook.class))
                .rootCause()
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContainingAll("webhook.notify", "\"" + field.trim(), "url, topic, payload, secret")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void anArchiveNamesIt() {
        assertThatThrownBy(() -> Json.read("{\"url\":\"http://a.test/\",\"maxbytes\":5}", Archive.class))
                .rootCause()
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContainingAll("archiver.archive", "\"maxbytes\"", "url, maxBytes");
    }

    /** Java reads the argument that Java has sent by class. */
    @Test
    void theRightFieldsPass() {
        Webhook webhook = new Webhook("http://a.test/", "a", "text", "secret");
        Archive archive = new Archive("http://a.test/", 5L);
        assertThat(Json.read(Json.write(webhook), Webhook.class)).isEqualTo(webhook);
        assertThat(Json.read(Json.write(archive), Archive.class)).isEqualTo(archive);
        assertThat(Json.write(archive)).isEqualTo("{\"url\":\"http://a.test/\",\"maxBytes\":5}");
    }
}
