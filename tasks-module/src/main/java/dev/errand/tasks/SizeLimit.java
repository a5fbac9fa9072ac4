package dev.errand.tasks;

import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.Urls;
import dev.errand.url.WebAddress;

/** The largest size of an archived file: the task's limit, but no more than the administrator allows. Pure. */
record SizeLimit(long bytes, String setBy) {

    static SizeLimit of(Long asked, long allowed) {
        if (asked != null && asked < 1) {
            throw new BadArgumentException("maxBytes is " + asked + ". Use 1 or more, or leave it out.");
        }
        return asked != null && asked < allowed
                ? new SizeLimit(asked, "the task's maxBytes")
                : new SizeLimit(allowed, "errand.archive.max-bytes");
    }

    /**
     * Checks a size.
     *
     * @throws SizeLimitException if it exceeds the limit
     */
    void check(WebAddress url, long size) {
        if (size > bytes) {
            throw new SizeLimitException(
                    Urls.shown(url) + " is larger than the limit of " + bytes + " bytes, set by " + setBy + ".");
        }
    }
}
