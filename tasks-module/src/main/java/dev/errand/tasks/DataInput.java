package dev.errand.tasks;

import dev.errand.api.TaskContext;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.Call;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.OutgoingHttpException;
import dev.errand.tasks.http.Retries;
import dev.errand.tasks.http.Urls;
import dev.errand.url.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The file that a task reads: one of the archive folder, or a download with a temporary name, which is deleted at the end.
 * For one thread.
 */
final class DataInput implements AutoCloseable {
    private final Path path;
    private final String name;
    private final ArchiveFile download;

    private DataInput(Path path, String name, ArchiveFile download) {
        this.path = path;
        this.name = name;
        this.download = download;
    }

    /**
     * Finds or downloads the file.
     *
     * @throws BadArgumentException if the argument names no file that may be read
     */
    static DataInput of(Validation argument, OutgoingHttp http, TasksConfig config, TaskContext task, Clock clock)
            throws InterruptedException {
        if ((argument.file() == null) == (argument.url() == null)) {
            throw new BadArgumentException(
                    task.task() + " needs either \"file\", a file in the archive folder, or \"url\".");
        }
        if (argument.url() != null) {
            return download(argument, http, config, task, clock);
        }
        Path path = inFolder(config.archiveDir(), argument.file());
        String plain = path.getFileName().toString().replaceFirst("^.*\\.[0-9a-f]{32}\\.", "");
        return new DataInput(path, named(argument, plain), null);
    }

    private static String named(Validation argument, String fallback) {
        return argument.name() == null || argument.name().isBlank() ? fallback : argument.name();
    }

    /** Returns the real path of a file, which must be within the folder, wherever links lead. */
    private static Path inFolder(Path folder, String file) {
        Path path;
        try {
            path = folder.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw outside(file);
        }
        if (!path.startsWith(folder.normalize()) || path.equals(folder.normalize())) {
            throw outside(file);
        }
        try {
            if (!path.toRealPath().startsWith(folder.toRealPath())) {
                throw outside(file);
            }
        } catch (IOException e) {
            throw missing(file);
        }
        // a hidden one is the unfinished file of another task
        if (!Files.isRegularFile(path) || path.getFileName().toString().startsWith(".")) {
            throw missing(file);
        }
        return path;
    }

    private static BadArgumentException outside(String file) {
        return new BadArgumentException("file is \"" + Urls.cut(file, 300)
                + "\", which is not within the archive folder. Use the \"file\" of archiver.archive's result.");
    }

    private static DataFileException missing(String file) {
        return new DataFileException("The archive folder of this node (errand.archive.dir) has no file \""
                + Urls.cut(file, 300) + "\". Several nodes need one folder that they share.");
    }

    private static DataInput download(
            Validation argument, OutgoingHttp http, TasksConfig config, TaskContext task, Clock clock)
            throws InterruptedException {
        WebAddress url = Urls.check(argument.url());
        SizeLimit limit = SizeLimit.of(null, config.archiveMaxBytes());
        ArchiveFile file = ArchiveFile.temporary(config.archiveDir(), ArchiveName.stem(task.id()) + "-data");
        try (Call call = http.call(task, config.archiveTimeout(), "errand.archive.timeout")) {
            Download.Content content = new Download(call, limit, file, task, clock).from(url);
            String last = url.fileName().substring(url.fileName().lastIndexOf('/') + 1);
            String name = content.name() != null ? content.name() : last.isEmpty() ? "file" : last;
            return new DataInput(file.path(), named(argument, name), file);
        } catch (OutgoingHttpException e) {
            file.close();
            throw Retries.decide(e, task);
        } catch (RuntimeException | InterruptedException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Returns the name of the file, for display. */
    String name() {
        return name;
    }

    @Override
    public void close() {
        if (download != null) {
            download.close();
        }
    }
}
