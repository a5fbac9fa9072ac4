package dev.errand.tasks;

import dev.errand.tasks.http.BadArgumentException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    private static final String MAC = "HmacSHA256";

    private WebhookRequest() {}

    static HttpPost of(Webhook webhook, String id, Instant now) {
        byte[] body = body(webhook.payload());
        String timestamp = Long.toString(now.getEpochSecond());
        HttpPost request = new HttpPost("/");
        request.setEntity(new ByteArrayEntity(body, TYPE));
        request.setHeader("Errand-Task-Id", id);
        request.setHeader("Errand-Timestamp", timestamp);
        if (webhook.topic() != null) {
            request.setHeader("Errand-Topic", topic(webhook.topic()));
        }
        if (webhook.secret() != null) {
            request.setHeader("Errand-Signature", "sha256=" + signature(webhook.secret(), id, timestamp, body));
        }
        return request;
    }

    /**
     * Computes the signature. It covers the id and the time as well: otherwise an old call could be replayed under a
     * new id.
     */
    static String signature(String secret, String id, String timestamp, byte[] body) {
        if (secret.isEmpty()) {
            throw new BadArgumentException(
                    "The secret is empty. Leave it out to send the webhook without a signature.");
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC + ".", e);
        }
    }

    private static byte[] body(Object payload) {
        try {
            return JSON.writeValueAsBytes(payload);
        } catch (JacksonException e) {
            throw new BadArgumentException("The payload cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
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
