package dev.errand.tasks;

import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.webhook.WebhookSecret;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A webhook as an HTTP request; {@link WebhookTask} describes it. Pure. */
final class WebhookRequest {
    private static final JsonMapper JSON = new JsonMapper();

    /** The media type. It has no charset, because JSON is always UTF-8 (RFC 8259). */
    private static final ContentType TYPE = ContentType.create("application/json");

    private WebhookRequest() {}

    /**
     * Makes the request.
     *
     * @param task the id of the task, and of the message if the argument has none
     * @param secrets the receiver's secrets, the newest first; none: no signature
     */
    static HttpPost of(Webhook webhook, String task, List<WebhookSecret> secrets, Instant now) {
        byte[] body = body(webhook.payload());
        String id = webhook.id() == null ? task : id(webhook.id());
        String timestamp = Long.toString(now.getEpochSecond());
        HttpPost request = new HttpPost("/");
        request.setEntity(new ByteArrayEntity(body, TYPE));
        request.setHeader("Errand-Task-Id", task);
        request.setHeader("Errand-Timestamp", timestamp);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", timestamp);
        if (webhook.topic() != null) {
            request.setHeader("Errand-Topic", topic(webhook.topic()));
        }
        if (!secrets.isEmpty()) {
            request.setHeader("Errand-Signature", "sha256=" + secrets.get(0).hexSignature(task, timestamp, body));
            request.setHeader(
                    "webhook-signature",
                    secrets.stream()
                            .map(secret -> secret.signature(id, timestamp, body))
                            .collect(Collectors.joining(" ")));
        }
        return request;
    }

    private static byte[] body(Object payload) {
        try {
            return JSON.writeValueAsBytes(payload);
        } catch (JacksonException e) {
            throw new BadArgumentException("The payload cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String id(String id) {
        // a dot would make the signed text ambiguous
        if (!id.matches("[!-~&&[^.]]{1,255}")) {
            throw new BadArgumentException("The id is not 1 to 255 visible ASCII characters without a dot.");
        }
        return id;
    }

    private static String topic(String topic) {
        // a line break would let the sender of a task add headers
        if (!topic.matches("[!-~]([ -~]{0,198}[!-~])?")) {
            throw new BadArgumentException(
                    "The topic is not 1 to 200 visible ASCII characters. It goes into a header, so"
                            + " put other text into the payload.");
        }
        return topic;
    }
}
