package dev.errand.tasks;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskHandler;
import dev.errand.config.EngineClock;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.data.DataFile;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.data.Inspected;
import dev.errand.tasks.data.Inspection;
import dev.errand.tasks.data.Limits;
import dev.errand.tasks.data.Options;
import dev.errand.tasks.data.Progress;
import dev.errand.tasks.data.Report;
import dev.errand.tasks.datastore.Datastore;
import dev.errand.tasks.datastore.DatastoreBusyException;
import dev.errand.tasks.datastore.LoadMode;
import dev.errand.tasks.datastore.LoadRequest;
import dev.errand.tasks.datastore.TableName;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.OutgoingHttp;
import dev.errand.tasks.http.TransientHttpException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The task {@code datastore.load}. It checks a file as {@code datastore.validate} does, and loads it into a table of the
 * task database. Readers of the table see all of the load or nothing of it. A file with more wrong rows than
 * {@code maxRejected} fails the task, keeps the report in the archive folder, and leaves the table unchanged.
 *
 * <p>The task loads only into tables that it made itself. A file that the last load of the table has loaded is skipped. A
 * task that runs again after a crash does not load twice.
 */
@Stateless
@Task("datastore.load")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RetryPolicy(
        on = {TransientHttpException.class, ArchiveWriteException.class, DatastoreBusyException.class},
        maxRetries = 10,
        countdown = "PT10S",
        backoff = 2,
        maxCountdown = "PT1H",
        jitter = true)
public class LoadTask implements TaskHandler<Load, LoadResult> {
    private static final JsonMapper JSON = JsonMapper.builder()
            // a result that an older version has remembered
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @Inject
    OutgoingHttp http;

    @Inject
    TasksConfig config;

    @Inject
    @TaskDatabase
    DataSource dataSource;

    @Inject
    @EngineClock
    Clock clock;

    @Override
    public LoadResult handle(Load load, TaskContext task) throws InterruptedException {
        if (load == null) {
            throw new BadArgumentException(
                    "datastore.load needs an argument: {\"file\" or \"url\", \"table\", \"mode\", \"key\"}.");
        }
        Options options = Options.of(load.encoding(), load.delimiter(), load.header(), load.sheet());
        LoadMode mode = LoadMode.of(load.mode());
        List<String> key = load.key() == null ? List.of() : load.key();
        long maxRejected = load.maxRejected() == null ? 0 : load.maxRejected();
        if (mode == LoadMode.UPSERT && key.isEmpty()) {
            throw new BadArgumentException("mode \"upsert\" needs \"key\": the columns whose values identify a row.");
        }
        if (maxRejected < 0) {
            throw new BadArgumentException("maxRejected is " + maxRejected + ". Use 0 or more, or leave it out.");
        }
        TableName named = load.table() == null ? null : TableName.of(load.table());
        try (DataInput input = DataInput.of(load.validation(), http, config, task, clock)) {
            TableName table = named == null ? TableName.ofFile(input.name()) : named;
            return load(load, task, options, mode, key, maxRejected, input, table);
        } catch (IOException e) {
            throw new DataFileException("The file cannot be read: " + e, e);
        }
    }

    private LoadResult load(
            Load load,
            TaskContext task,
            Options options,
            LoadMode mode,
            List<String> key,
            long maxRejected,
            DataInput input,
            TableName table)
            throws IOException, InterruptedException {
        Progress progress = new Progress(task);
        Limits limits = new Limits(config.datastoreMaxRows(), config.archiveMaxBytes());
        DataFile file = DataFile.of(input.path(), options, limits, progress);
        LoadRequest request = new LoadRequest(
                task.id(), table, mode, key, fingerprint(load, file), Boolean.TRUE.equals(load.force()));
        Datastore datastore = new Datastore(dataSource, config.datastoreSchema(), clock);
        Optional<String> earlier = datastore.earlier(request);
        if (earlier.isPresent()) {
            return skipped(earlier.get());
        }
        Inspected inspected = Inspection.of(file, options, load.schema(), key, progress);
        Report report = ReportFiles.write(inspected.report(), config.archiveDir(), task.id(), input.name());
        if (inspected.isFatal() || inspected.rejected() > maxRejected) {
            throw new DataFileException("Nothing was loaded into " + table.text() + ": the file has "
                    + report.problemCount() + " problems in " + inspected.rejected() + " rows (maxRejected is "
                    + maxRejected + "). The report is " + report.html() + " in the archive folder."
                    + report.firstProblems());
        }
        LoadResult result = new LoadResult(
                table.text(), inspected.goodRows(), report.columns(), inspected.rejected(), false, report);
        String remembered = JSON.writeValueAsString(result);
        String loaded = datastore.load(request, inspected, remembered, progress);
        return loaded.equals(remembered) ? result : skipped(loaded);
    }

    private static LoadResult skipped(String result) {
        return JSON.readValue(result, LoadResult.class).asSkipped();
    }

    /** Returns a hash of the file and of all that decides what is loaded of it. */
    private static String fingerprint(Load load, DataFile file) {
        List<Object> parts = new ArrayList<>();
        parts.add(file.sha256());
        parts.add(String.valueOf(load.mode()));
        parts.add(String.valueOf(load.key()));
        parts.add(load.schema() == null ? "" : JSON.writeValueAsString(load.schema()));
        parts.add(String.valueOf(load.encoding()));
        parts.add(String.valueOf(load.delimiter()));
        parts.add(String.valueOf(load.header()));
        parts.add(String.valueOf(load.sheet()));
        parts.add(String.valueOf(load.maxRejected()));
        return HexFormat.of()
                .formatHex(ArchiveName.sha256()
                        .digest(JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8)));
    }
}
