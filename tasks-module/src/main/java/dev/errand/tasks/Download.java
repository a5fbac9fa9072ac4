package dev.errand.tasks;

import dev.errand.api.TaskContext;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.Call;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.Statuses;
import dev.errand.tasks.http.Urls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** One resource on its way into a file, through redirects, within its limits. For one thread. */
final class Download {
    private static final int REDIRECTS = 5;
    private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

    /** Others have no content, or a part of it, or not yet. */
    private static final Set<Integer> COMPLETE = Set.of(200, 203);

    private final Call call;
    private final SizeLimit limit;
    private final ArchiveFile file;
    private final TaskContext task;
    private final Clock clock;

    Download(Call call, SizeLimit limit, ArchiveFile file, TaskContext task, Clock clock) {
        this.call = call;
        this.limit = limit;
        this.file = file;
        this.task = task;
        this.clock = clock;
    }

    /** What one request has led to: the next address, or the content. */
    private record Step(URI next, Content content) {}

    /** What was downloaded. */
    record Content(long bytes, String sha256, String contentType, int status) {}

    /** Downloads the resource. The client checks the address of every host on the way. */
    Content from(URI url) throws InterruptedException {
        URI at = url;
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            URI here = at;
            Step step = call.send(new HttpGet(here), here, answer -> step(here, answer));
            if (step.next() == null) {
                // a connection cut by the deadline must not pass for the end of the content
                call.goOn(here);
                return step.content();
            }
            at = step.next();
        }
        throw new FailedStatusException(
                "Broken link: " + Urls.shown(url) + " redirects more than " + REDIRECTS + " times.");
    }

    private Step step(URI url, ClassicHttpResponse answer) throws IOException, InterruptedException {
        int status = answer.getCode();
        Header location = answer.getFirstHeader(HttpHeaders.LOCATION);
        if (REDIRECT.contains(status) && location != null) {
            return new Step(target(url, location.getValue()), null);
        }
        if (!COMPLETE.contains(status)) {
            throw Statuses.failure(Statuses.temporary(status) ? "" : "Broken link: ", url, answer, clock.instant());
        }
        return new Step(null, content(url, answer));
    }

    private static URI target(URI from, String location) {
        try {
            // blanks are the one mistake that servers often make here
            return Urls.check(from.resolve(location.trim().replace(" ", "%20")).toString());
        } catch (IllegalArgumentException | BadArgumentException e) {
            throw new FailedStatusException("Broken link: " + Urls.shown(from)
                    + " redirects to an address that cannot be" + " used: " + Urls.shown(from, location) + ".");
        }
    }

    private Content content(URI url, ClassicHttpResponse answer) throws IOException, InterruptedException {
        MessageDigest digest = ArchiveName.sha256();
        long bytes = 0;
        if (answer.getEntity() != null) {
            limit.check(url, answer.getEntity().getContentLength());
            bytes = copy(url, answer, digest);
        }
        Header type = answer.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        return new Content(
                bytes,
                HexFormat.of().formatHex(digest.digest()),
                type == null ? null : Urls.cut(type.getValue(), 200),
                answer.getCode());
    }

    private long copy(URI url, ClassicHttpResponse answer, MessageDigest digest)
            throws IOException, InterruptedException {
        long total = Math.max(0, answer.getEntity().getContentLength());
        InputStream in = answer.getEntity().getContent();
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            call.goOn(url);
            limit.check(url, bytes + read);
            file.write(buffer, read);
            digest.update(buffer, 0, read);
            bytes += read;
            task.progress(bytes, total, "downloading");
        }
        return bytes;
    }
}
