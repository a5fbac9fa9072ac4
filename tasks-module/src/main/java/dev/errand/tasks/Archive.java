package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;

/**
 * The argument of {@code archiver.archive}. Immutable.
 *
 * @param url the address of the resource, http or https
 * @param maxBytes the largest size to accept; null: {@code errand.archive.max-bytes}, which it cannot exceed
 */
public record Archive(String url, Long maxBytes) {

    /** Refuses an unknown field: a misspelled limit must not lead to an archive without a limit. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        throw BadArgumentException.unknownField("archiver.archive", field, "url, maxBytes");
    }

    @Override
    public String toString() {
        return "Archive[url=" + UserInfo.masked(url) + ", maxBytes=" + maxBytes + "]";
    }
}
