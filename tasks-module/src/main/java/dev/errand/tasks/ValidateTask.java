package dev.errand.tasks;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.config.EngineClock;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.data.DataFile;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.data.Inspection;
import dev.errand.tasks.data.Limits;
import dev.errand.tasks.data.Options;
import dev.errand.tasks.data.Progress;
import dev.errand.tasks.data.Report;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.TransientHttpException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * The task {@code datastore.validate}. It reads a CSV, TSV, semicolon, XLSX or JSON-lines file, finds the types of its
 * columns or checks it against a schema, and reports every problem. A file with problems is a success of the task: the
 * report says {@code "valid": false}. A file that is not tabular data, or cannot be fetched, is a failure.
 */
@Stateless
@Task("datastore.validate")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RetryPolicy(
        on = {TransientHttpException.class, ArchiveWriteException.class},
        maxRetries = 10,
        countdown = "PT10S",
        backoff = 2,
        maxCountdown = "PT1H",
        jitter = true)
public class ValidateTask implements TaskHandler<Validation, Report> {
    @Inject
    OutgoingHttp http;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    @Override
    public Report handle(Validation validation, TaskContext task) throws InterruptedException {
        if (validation == null) {
            throw new BadArgumentException(
                    "datastore.validate needs an argument: {\"file\" or \"url\", \"schema\"}; the last may be left out.");
        }
        Options options =
                Options.of(validation.encoding(), validation.delimiter(), validation.header(), validation.sheet());
        Progress progress = new Progress(task);
        try (DataInput input = DataInput.of(validation, http, config, task, clock)) {
            Limits limits = new Limits(config.datastoreMaxRows(), config.archiveMaxBytes());
            DataFile file = DataFile.of(input.path(), options, limits, progress);
            Report report = Inspection.of(file, options, validation.schema(), List.of(), progress)
                    .report();
            return ReportFiles.write(report, config.archiveDir(), task.id(), input.name());
        } catch (IOException e) {
            throw new DataFileException("The file cannot be read: " + e, e);
        }
    }
}
