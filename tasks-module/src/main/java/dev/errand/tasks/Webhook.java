package dev.errand.tasks;

/**
 * The argument of {@code webhook.notify}. Immutable as far as its payload is.
 *
 * @param url where to, http or https
 * @param topic what it is about, in a header; null: no such header
 * @param payload what is sent, as JSON
 * @param secret signs the call; null: no signature
 */
public record Webhook(String url, String topic, Object payload, String secret) {

    /** Without the secret, and without the payload, which may hold others. */
    @Override
    public String toString() {
        return "Webhook[url=" + url + ", topic=" + topic + ", signed=" + (secret != null) + "]";
    }
}
