package dev.errand.tasks.webhook;

import dev.errand.api.TaskContext;
import dev.errand.config.EngineClock;
import dev.errand.tasks.config.TasksConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Finds the receiver of a message by the id of its webhook, when it is delivered. Thread-safe. */
@ApplicationScoped
public class Receivers {
    @Inject
    Subscriptions subscriptions;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Finds the receiver.
     *
     * @param topic the topic of the message; a ping reaches a disabled webhook as well
     * @throws dev.errand.api.TaskCancel if the webhook is removed or disabled
     * @throws UnreadableSecretException if no key decrypts its secret
     */
    public Receiver find(String webhook, String topic, TaskContext task) {
        Subscriptions.Stored stored =
                subscriptions.find(webhook).orElseThrow(() -> task.cancel("The webhook " + webhook + " is removed."));
        WebhookInfo info = stored.webhook();
        if (!info.enabled() && !WebhookControlBean.PING.equals(topic)) {
            throw task.cancel("The webhook " + webhook + " is disabled"
                    + (info.disabledReason() == null ? "" : " (" + info.disabledReason() + ")")
                    + ". Enable it, then retry this task.");
        }
        return new Receiver(webhook, info.url(), secrets(stored));
    }

    private List<WebhookSecret> secrets(Subscriptions.Stored stored) {
        SecretCipher cipher = new SecretCipher(config.webhookKey());
        String id = stored.webhook().id();
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(WebhookSecret.of(cipher.decrypt(id, stored.secret())));
        if (stored.previousSecret() != null
                && clock.instant().isBefore(stored.webhook().previousSecretUntil())) {
            try {
                secrets.add(WebhookSecret.of(cipher.decrypt(id, stored.previousSecret())));
            } catch (UnreadableSecretException e) {
                // a lost key is a reason to rotate, and the new secret is enough
            }
        }
        return secrets;
    }
}
