package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;

/**
 * The argument of {@code webhook.notify}. Immutable as far as its payload is.
 *
 * @param url where to, http or https
 * @param topic what it is about, in a header; null: no such header
 * @param payload what is sent, as JSON
 * @param secret signs the call; null: no signature
 */
public record Webhook(String url, String topic, Object payload, String secret) {

    /** Refuses a field that there is not: a typing error must not deliver a webhook without its payload or its signature. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        throw BadArgumentException.unknownField("webhook.notify", field, "url, topic, payload, secret");
    }

    /** Without the secret, and without the payload, which may hold others. */
    @Override
    public String toString() {
        return "Webhook[url=" + UserInfo.masked(url) + ", topic=" + topic + ", signed=" + (secret != null) + "]";
    }
}
