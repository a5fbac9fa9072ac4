package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;

/**
 * The argument of {@code archiver.archive}. Immutable.
 *
 * @param url what to keep a copy of, http or https
 * @param maxBytes the largest size to accept; null: {@code errand.archive.max-bytes}, which it cannot exceed
 */
public record Archive(String url, Long maxBytes) {

    /** Refuses a field that there is not: a typing error must not archive without the limit that was meant. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        throw BadArgumentException.unknownField("archiver.archive", field, "url, maxBytes");
    }

    @Override
    public String toString() {
        return "Archive[url=" + UserInfo.masked(url) + ", maxBytes=" + maxBytes + "]";
    }
}
