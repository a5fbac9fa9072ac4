package dev.errand.tasks.webhook;

import java.util.List;

/**
 * The receiver of a message. Immutable.
 *
 * @param webhook the id of the webhook; null: the sender of the task has named the address itself
 * @param url its address
 * @param secrets its secrets, the newest first; none: no signature
 */
public record Receiver(String webhook, String url, List<WebhookSecret> secrets) {

    /** Makes the receiver that the sender of a task has named. */
    public static Receiver of(String url, String secret) {
        return new Receiver(null, url, secret == null ? List.of() : List.of(WebhookSecret.of(secret)));
    }
}
