package dev.errand.tasks.webhook;

/**
 * A webhook and the secret that it has just been given. Immutable.
 *
 * @param webhook the webhook
 * @param secret {@code whsec_} and Base64; no later call returns it
 */
public record IssuedWebhook(WebhookInfo webhook, String secret) {

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "IssuedWebhook[webhook=" + webhook + ", secret=***]";
    }
}
