package dev.errand.store.view;

import dev.errand.api.InvalidValueException;
import dev.errand.store.Names;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place where a page of tasks ended. The next page begins exactly there, even after a restart or a million new
 * tasks.
 */
public record PageCursor(long createdAt, String id) {

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads a cursor.
     *
     * @return null for null
     */
    public static PageCursor of(String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2 && Names.possible(parts[1])) {
                return new PageCursor(Long.parseLong(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException e) {
            // the exception below covers this case
        }
        throw new InvalidValueException(
                "cursor",
                "The cursor \"" + text + "\" is malformed. Use the \"next\" of the page before, or leave it out.");
    }
}
