package dev.errand.tasks;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.config.EngineClock;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.Call;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.OutgoingHttpException;
import dev.errand.tasks.http.Retries;
import dev.errand.tasks.http.TransientHttpException;
import dev.errand.tasks.http.Urls;
import dev.errand.url.WebAddress;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The task {@code archiver.archive}. It keeps a copy of a web resource in the archive folder,
 * {@code errand.archive.dir}.
 *
 * <p>The file exists either completely or not at all, and a task that runs twice replaces its own file. Up to five
 * redirects are followed. Content that the server has compressed ({@code Content-Encoding: gzip} or {@code deflate}) is
 * decompressed; a file that is itself compressed ({@code data.csv.gz}) stays so.
 *
 * <p>The task is retried if the folder is full or cannot be written, if there is no connection, after a time-out, and
 * after 408, 425, 429 and 5xx. The wait is the answer's {@code Retry-After} (a day at most), otherwise it grows from
 * retry to retry. An unknown host is retried only three times. A broken link, a refused address, a resource over the
 * size limit and an unusable answer fail at once; each has an exception of its own.
 */
@Stateless
@Task("archiver.archive")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RetryPolicy(
        on = {TransientHttpException.class, ArchiveWriteException.class},
        maxRetries = 10,
        countdown = "PT10S",
        backoff = 2,
        maxCountdown = "PT1H",
        jitter = true)
public class ArchiverTask implements TaskHandler<Archive, ArchiveResult> {
    @Inject
    OutgoingHttp http;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    @Override
    public ArchiveResult handle(Archive archive, TaskContext task) throws InterruptedException {
        if (archive == null) {
            throw new BadArgumentException(
                    "archiver.archive needs an argument: {\"url\", \"maxBytes\"}; the last may be left out.");
        }
        WebAddress url = Urls.check(archive.url());
        SizeLimit limit = SizeLimit.of(archive.maxBytes(), config.archiveMaxBytes());
        Path folder = config.archiveDir();
        try (Call call = http.call(task, config.archiveTimeout(), "errand.archive.timeout");
                ArchiveFile file =
                        ArchiveFile.create(folder, ArchiveName.stem(task.id()), ArchiveName.of(task.id(), url))) {
            Download.Content content = new Download(call, limit, file, task, clock).from(url);
            return new ArchiveResult(
                    folder.relativize(file.publish()).toString(),
                    content.bytes(),
                    content.sha256(),
                    content.contentType(),
                    content.status(),
                    content.name());
        } catch (OutgoingHttpException e) {
            throw Retries.decide(e, task);
        }
    }
}
