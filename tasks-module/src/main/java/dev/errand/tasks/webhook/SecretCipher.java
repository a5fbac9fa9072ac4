package dev.errand.tasks.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the secrets that are kept, by AES-256-GCM. The id of the webhook is authenticated with its secret, so that a
 * secret cannot be moved to another webhook within the database. Immutable, thread-safe.
 */
final class SecretCipher {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKeySpec> keys;

    /**
     * Creates the cipher.
     *
     * @param keys keys of 32 bytes in Base64: the first one encrypts, each of them decrypts; may be empty
     */
    SecretCipher(List<String> keys) {
        this.keys = keys.stream()
                .map(key -> new SecretKeySpec(Base64.getDecoder().decode(key), "AES"))
                .toList();
    }

    boolean hasKey() {
        return !keys.isEmpty();
    }

    String encrypt(String webhook, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, webhook);
            byte[] encrypted = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + encrypted.length)
                            .put(nonce)
                            .put(encrypted)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + CIPHER + ".", e);
        }
    }

    /**
     * Decrypts a secret.
     *
     * @throws UnreadableSecretException if none of the keys is the one that has encrypted it
     */
    String decrypt(String webhook, String stored) {
        byte[] bytes = Base64.getDecoder().decode(stored);
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        for (SecretKeySpec key : keys) {
            try {
                byte[] secret = cipher(Cipher.DECRYPT_MODE, key, nonce, webhook)
                        .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
                return new String(secret, StandardCharsets.UTF_8);
            } catch (AEADBadTagException e) {
                // another key
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + CIPHER + ".", e);
            }
        }
        throw new UnreadableSecretException(webhook);
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String webhook)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(webhook.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
