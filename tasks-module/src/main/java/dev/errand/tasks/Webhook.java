package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;

/**
 * The argument of {@code webhook.notify}. Immutable if its payload is.
 *
 * @param url the receiver, http or https; null: {@code webhook} names it
 * @param topic the subject of the call, in a header; null: no such header
 * @param payload the content to send, as JSON
 * @param secret the key for the signature; null: no signature
 * @param webhook the id of a webhook, whose address and secret are used; null: {@code url} and {@code secret}
 * @param id the id of the message, which a receiver sees again when the message is delivered again; null: the task's id
 */
public record Webhook(String url, String topic, Object payload, String secret, String webhook, String id) {

    /** Makes a message to an address, with the task's id. */
    public Webhook(String url, String topic, Object payload, String secret) {
        this(url, topic, payload, secret, null, null);
    }

    /** Refuses an unknown field: a misspelled field must not deliver a webhook without its payload or its signature. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        throw BadArgumentException.unknownField("webhook.notify", field, "url, topic, payload, secret, webhook, id");
    }

    /** Returns a text without the secret, and without the payload, which may contain others. */
    @Override
    public String toString() {
        return "Webhook[webhook=" + webhook + ", url=" + UserInfo.masked(url) + ", topic=" + topic + ", signed="
                + (secret != null) + "]";
    }
}
