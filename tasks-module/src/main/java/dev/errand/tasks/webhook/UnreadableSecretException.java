package dev.errand.tasks.webhook;

import dev.errand.tasks.http.TransientHttpException;

/** A secret that no key of the configuration decrypts. A retry helps as soon as an administrator adds the key. */
public class UnreadableSecretException extends TransientHttpException {
    private static final long serialVersionUID = 1L;

    UnreadableSecretException(String webhook) {
        super("The secret of the webhook " + webhook
                + " cannot be read: it was encrypted with another key than those in"
                + " errand.webhook.key. Add that key behind the newest one, or rotate the secret.");
    }
}
