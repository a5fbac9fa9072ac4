package dev.errand.tasks.data;

import dev.errand.tasks.FakeTaskContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Inspects files that tests make. */
final class Inspections {
    static final Limits LIMITS = new Limits(1_000_000, 50_000_000);
    static final Options DETECT = Options.of(null, null, null, null);

    private Inspections() {}

    static Inspected of(byte[] content, Options options, Map<String, Object> schema, String... key) {
        Path file = null;
        try {
            file = Files.createTempFile("inspected", ".data");
            Files.write(file, content);
            Progress progress = new Progress(new FakeTaskContext());
            return Inspection.of(DataFile.of(file, options, LIMITS, progress), options, schema, List.of(key), progress);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            if (file != null) {
                file.toFile().deleteOnExit();
            }
        }
    }

    static Inspected of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8), DETECT, null);
    }

    static Report report(String content) {
        return of(content).report();
    }

    static Report report(byte[] content) {
        return of(content, DETECT, null).report();
    }

    static Report report(String content, Map<String, Object> schema) {
        return of(content.getBytes(StandardCharsets.UTF_8), DETECT, schema).report();
    }

    /** The good rows, as they are loaded. */
    static List<List<String>> rows(Inspected inspected) {
        List<List<String>> rows = new ArrayList<>();
        try (Inspected.GoodRows good = inspected.open()) {
            for (String[] row = good.next(); row != null; row = good.next()) {
                rows.add(Arrays.asList(row.clone()));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    static List<List<String>> rows(String content) {
        return rows(of(content));
    }

    /** The columns as "name type". */
    static List<String> columns(Report report) {
        return report.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    /** The problems as "row column code". */
    static List<String> problems(Report report) {
        return report.problems().stream()
                .map(problem -> problem.row() + " " + problem.column() + " " + problem.code())
                .toList();
    }
}
