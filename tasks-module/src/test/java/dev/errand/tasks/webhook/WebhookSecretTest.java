package dev.errand.tasks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.tasks.http.BadArgumentException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /**
     * The vector that the tests of the reference libraries share.
     *
     * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/java/src/test/java/com/standardwebhooks/WebhookTest.java">verifyWebhookSignWorks</a>
     * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/go/webhook_test.go">the same in Go</a>
     */
    @Test
    void signsAsStandardWebhooksDoes() {
        assertThat(WebhookSecret.of("whsec_" + KEY).signature(ID, "1614265330", BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookSecret.standard("whsec_" + KEY).signature(ID, "1614265330", BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void theKeyOfAnotherSecretIsItsBytes() {
        String plain = "my plain text, 24 bytes.";
        String standard = "whsec_" + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        assertThat(WebhookSecret.of(plain).signature(ID, "1", BODY))
                .isEqualTo(WebhookSecret.of(standard).signature(ID, "1", BODY));
    }

    @Test
    void aNewSecretIsOneOfStandardWebhooks() {
        WebhookSecret secret = WebhookSecret.random();
        assertThat(WebhookSecret.standard(secret.text()).signature(ID, "1", BODY))
                .isEqualTo(secret.signature(ID, "1", BODY));
        assertThat(WebhookSecret.random().text()).isNotEqualTo(secret.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "whsec_", "whsec_not*Base64", "s3cret", KEY, "whsec_c2hvcnQ=", "whsec_" + KEY + KEY + KEY})
    void anotherTextIsNoSecretOfStandardWebhooks(String text) {
        assertThatThrownBy(() -> WebhookSecret.standard(text))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining(text.isEmpty() || text.equals("whsec_") ? "?" : text);
    }

    @Test
    void itsTextIsNotShown() {
        assertThat(WebhookSecret.of("s3cret").toString()).doesNotContain("s3cret");
    }
}
