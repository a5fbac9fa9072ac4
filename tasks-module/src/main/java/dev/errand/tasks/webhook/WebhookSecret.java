package dev.errand.tasks.webhook;

import dev.errand.tasks.http.BadArgumentException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a receiver, which signs what is sent to it. A text that begins with {@code whsec_} is a key in Base64, as
 * Standard Webhooks writes it; of any other text, the key is its UTF-8 bytes. Immutable, thread-safe.
 */
public final class WebhookSecret {
    /** The beginning of a secret of Standard Webhooks. */
    static final String PREFIX = "whsec_";

    /** The shortest and the longest key of Standard Webhooks, in bytes. */
    private static final int SHORTEST = 24;

    private static final int LONGEST = 64;

    /** The bytes of a new key: as many as the hash has. */
    private static final int NEW = 32;

    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final byte[] key;

    private WebhookSecret(String text, byte[] key) {
        this.text = text;
        this.key = key;
    }

    /**
     * Reads a secret.
     *
     * @throws BadArgumentException if it is empty, or begins with {@code whsec_} and is not Base64; it does not show the secret
     */
    public static WebhookSecret of(String text) {
        byte[] key = text.startsWith(PREFIX) ? decoded(text) : text.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            throw new BadArgumentException(
                    "The secret is empty. Leave it out to send the webhook without a signature.");
        }
        return new WebhookSecret(text, key);
    }

    /**
     * Reads a secret of Standard Webhooks.
     *
     * @throws BadArgumentException if it is not {@code whsec_} and the Base64 of 24 to 64 bytes; it does not show the secret
     */
    static WebhookSecret standard(String text) {
        byte[] key = text.startsWith(PREFIX) ? decoded(text) : new byte[0];
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new BadArgumentException("The secret is not whsec_ and the Base64 of " + SHORTEST + " to " + LONGEST
                    + " random bytes. Leave it out, and Errand makes one.");
        }
        return new WebhookSecret(text, key);
    }

    /** Makes a new secret of Standard Webhooks, at random. */
    static WebhookSecret random() {
        byte[] key = new byte[NEW];
        RANDOM.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key), key);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // the cause would quote a character of the secret
            throw new BadArgumentException("The secret begins with " + PREFIX + ", but Base64 does not follow.");
        }
    }

    /** Returns the secret as the receiver has it. */
    String text() {
        return text;
    }

    /**
     * Computes the signature of Standard Webhooks. It covers the id and the time as well: otherwise an old call could be
     * replayed under a new id.
     */
    public String signature(String id, String timestamp, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, id, timestamp, body));
    }

    /** Computes the same for the header {@code Errand-Signature}, whose key is the text itself. */
    public String hexSignature(String id, String timestamp, byte[] body) {
        return HexFormat.of().formatHex(hmac(text.getBytes(StandardCharsets.UTF_8), id, timestamp, body));
    }

    private static byte[] hmac(byte[] key, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC + ".", e);
        }
    }

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "WebhookSecret[***]";
    }
}
