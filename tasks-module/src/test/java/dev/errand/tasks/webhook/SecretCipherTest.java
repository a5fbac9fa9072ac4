package dev.errand.tasks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretCipherTest {
    private static final String OTHER =
            Base64.getEncoder().encodeToString("another key that has 32 bytes...".getBytes());

    private final SecretCipher cipher = new SecretCipher(List.of(WebhookBeans.KEY));

    @Test
    void aSecretComesBackAndIsNotInTheTable() {
        String stored = cipher.encrypt("w1", "whsec_hush");
        assertThat(cipher.decrypt("w1", stored)).isEqualTo("whsec_hush");
        assertThat(new String(Base64.getDecoder().decode(stored), StandardCharsets.ISO_8859_1))
                .doesNotContain("hush");
        assertThat(cipher.encrypt("w1", "whsec_hush")).isNotEqualTo(stored);
    }

    @Test
    void theSecretOfAnotherWebhookIsRefused() {
        String stored = cipher.encrypt("w1", "whsec_hush");
        assertThatThrownBy(() -> cipher.decrypt("w2", stored)).isInstanceOf(UnreadableSecretException.class);
    }

    @Test
    void aChangedSecretIsRefused() {
        byte[] stored = Base64.getDecoder().decode(cipher.encrypt("w1", "whsec_hush"));
        stored[15] ^= 1;
        assertThatThrownBy(() -> cipher.decrypt("w1", Base64.getEncoder().encodeToString(stored)))
                .isInstanceOf(UnreadableSecretException.class);
    }

    @Test
    void anOldKeyDecryptsBehindTheNewOne() {
        String stored = cipher.encrypt("w1", "whsec_hush");
        assertThat(new SecretCipher(List.of(OTHER, WebhookBeans.KEY)).decrypt("w1", stored))
                .isEqualTo("whsec_hush");
        assertThatThrownBy(() -> new SecretCipher(List.of(OTHER)).decrypt("w1", stored))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContainingAll("w1", "errand.webhook.key");
    }
}
