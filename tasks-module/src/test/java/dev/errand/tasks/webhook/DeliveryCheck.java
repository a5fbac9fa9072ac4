package dev.errand.tasks.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver's check of what it gets, as the documents show it; needs nothing but the JDK. */
public final class DeliveryCheck {
    private DeliveryCheck() {}

    /** Checks a delivery. The body has the bytes as they came, before a parser sees them. */
    public static boolean isGenuine(String secret, UnaryOperator<String> header, byte[] body, Instant now)
            throws GeneralSecurityException {
        String timestamp = header.apply("webhook-timestamp");
        if (Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > 300) {
            return false;
        }
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((header.apply("webhook-id") + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        return Stream.of(header.apply("webhook-signature").split(" "))
                .anyMatch(signature -> MessageDigest.isEqual(expected.getBytes(), signature.getBytes()));
    }
}
