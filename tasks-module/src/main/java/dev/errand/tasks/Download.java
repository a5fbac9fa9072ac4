package dev.errand.tasks;

import dev.errand.api.TaskContext;
import dev.errand.tasks.http.Call;
import dev.errand.tasks.http.ContentCoding;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.Statuses;
import dev.errand.tasks.http.Urls;
import dev.errand.url.InvalidAddressException;
import dev.errand.url.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/** The download of one resource into a file, through redirects, within its limits. For one thread. */
final class Download {
    private static final int REDIRECTS = 5;
    private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

    /** The statuses with complete content. Others have no content, a part of it, or none yet. */
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

    /** The result of one request: the next address, or the content. */
    private record Step(WebAddress next, Content content) {}

    /** The downloaded content. */
    record Content(long bytes, String sha256, String contentType, int status, String name) {}

    /** Downloads the resource. The client checks the address of every host on the way. */
    Content from(WebAddress url) throws InterruptedException {
        WebAddress at = url;
        for (int redirects = 0; redirects <= REDIRECTS; redirects++) {
            WebAddress here = at;
            Step step = call.send(new HttpGet("/"), here, answer -> step(here, answer));
            if (step.next() == null) {
                // a connection that the deadline has cut must not look like the end of the content
                call.checkStop(here);
                return step.content();
            }
            at = step.next();
        }
        throw new FailedStatusException(
                "Broken link: " + Urls.shown(url) + " redirects more than " + REDIRECTS + " times.");
    }

    private Step step(WebAddress url, ClassicHttpResponse answer) throws IOException, InterruptedException {
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

    private static WebAddress target(WebAddress from, String location) {
        try {
            return Urls.redirect(from, location);
        } catch (InvalidAddressException e) {
            throw new FailedStatusException("Broken link: " + Urls.shown(from)
                    + " redirects to an address that cannot be called. " + e.getMessage());
        }
    }

    private Content content(WebAddress url, ClassicHttpResponse answer) throws IOException, InterruptedException {
        MessageDigest digest = ArchiveName.sha256();
        long bytes = 0;
        if (answer.getEntity() != null) {
            limit.check(url, answer.getEntity().getContentLength());
            bytes = copy(url, answer, digest);
        }
        String type = header(answer, HttpHeaders.CONTENT_TYPE);
        return new Content(
                bytes,
                HexFormat.of().formatHex(digest.digest()),
                type == null ? null : Urls.cut(Urls.utf8(type), 200),
                answer.getCode(),
                DispositionName.of(header(answer, "Content-Disposition")));
    }

    private static String header(ClassicHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private long copy(WebAddress url, ClassicHttpResponse answer, MessageDigest digest)
            throws IOException, InterruptedException {
        ContentCoding coding = isPackedFile(url, answer) ? ContentCoding.NONE : ContentCoding.of(answer, url);
        long length = answer.getEntity().getContentLength();
        long total = coding == ContentCoding.NONE ? Math.max(0, length) : 0;
        RawContent raw = new RawContent(answer.getEntity().getContent(), call, url, limit);
        InputStream in = coding.decode(raw);
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            call.checkStop(url);
            limit.check(url, bytes + read);
            file.write(buffer, read);
            digest.update(buffer, 0, read);
            bytes += read;
            task.progress(bytes, total, "downloading");
        }
        raw.finish();
        return bytes;
    }

    /**
     * Returns whether the resource is itself a compressed file. Many servers say "gzip" for such a file; decompressed,
     * it would no longer match its name and its type.
     */
    private static boolean isPackedFile(WebAddress url, ClassicHttpResponse answer) {
        return url.path().matches("(?i).*\\.(gz|tgz)")
                || String.valueOf(header(answer, HttpHeaders.CONTENT_TYPE))
                        .matches("(?i)\\s*application/(x-)?(gzip|gunzip|tgz|gtar).*");
    }
}
