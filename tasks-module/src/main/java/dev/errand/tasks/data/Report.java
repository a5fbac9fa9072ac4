package dev.errand.tasks.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The report about a file, the result of {@code datastore.validate}. Immutable.
 *
 * @param valid whether no row has a problem, nor the file
 * @param format {@code csv} (with any separator), {@code xlsx} or {@code jsonl}
 * @param encoding the encoding of a text file
 * @param delimiter the separator of a CSV file's cells
 * @param lineEnd {@code LF}, {@code CRLF}, {@code CR} or {@code mixed}
 * @param sheet the name of the spreadsheet's sheet
 * @param headerRow the row with the names of the columns; 0 if the file has none
 * @param rows the number of rows with data
 * @param rejected the number of rows with a problem
 * @param columnCount the number of columns
 * @param columns the columns, {@value #COLUMNS} at most
 * @param problemCount the number of problems
 * @param problemCounts the number of problems of each kind
 * @param problems the first problems
 * @param warningCount the number of warnings, which keep no row from being loaded
 * @param warnings the first warnings
 * @param sha256 the hash of the file
 * @param bytes the size of the file
 * @param html the path of the report as a page, relative to {@code errand.archive.dir}
 * @param json the path of the report as JSON with more problems, relative to {@code errand.archive.dir}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(
        boolean valid,
        String format,
        String encoding,
        String delimiter,
        String lineEnd,
        String sheet,
        long headerRow,
        long rows,
        long rejected,
        int columnCount,
        List<ColumnReport> columns,
        long problemCount,
        Map<String, Long> problemCounts,
        List<Problem> problems,
        long warningCount,
        List<Problem> warnings,
        String sha256,
        long bytes,
        String html,
        String json) {
    /** The most columns in a report. */
    static final int COLUMNS = 1_000;

    /** The most problems in a task's result. The files have {@link Problems#KEPT}. */
    static final int IN_RESULT = 100;

    /** A column and its type. */
    public record ColumnReport(String name, String type, long empty) {}

    static Report of(Inspected inspected) {
        DataFile file = inspected.file();
        CsvDialect dialect = file.dialect();
        return new Report(
                inspected.problems().total() == 0,
                file.format().text(),
                file.encoding() == null ? null : file.encoding().charset().name(),
                dialect == null ? null : String.valueOf(dialect.delimiter()),
                dialect == null ? null : dialect.lineEnd(),
                file.sheet(),
                inspected.headerRow(),
                inspected.rows(),
                inspected.rejected(),
                inspected.columns().size(),
                inspected.columns().stream()
                        .limit(COLUMNS)
                        .map(column ->
                                new ColumnReport(column.name(), column.type().text(), column.empty()))
                        .toList(),
                inspected.problems().total(),
                inspected.problems().counts(),
                inspected.problems().kept(),
                inspected.warnings().total(),
                inspected.warnings().kept(),
                file.sha256(),
                file.bytes(),
                null,
                null);
    }

    /** Returns the report with few enough problems for a task's result, and with the paths of the files. */
    public Report forResult(String htmlPath, String jsonPath) {
        return new Report(
                valid,
                format,
                encoding,
                delimiter,
                lineEnd,
                sheet,
                headerRow,
                rows,
                rejected,
                columnCount,
                columns,
                problemCount,
                problemCounts,
                problems.stream().limit(IN_RESULT).toList(),
                warningCount,
                warnings.stream().limit(IN_RESULT).toList(),
                sha256,
                bytes,
                htmlPath,
                jsonPath);
    }

    /** Returns the first problems in one sentence each, for an error. */
    public String firstProblems() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems.stream().limit(3).toList()) {
            text.append(problem.row() > 0 ? " Row " + problem.row() : " The file")
                    .append(problem.column() == null ? "" : ", column " + problem.column())
                    .append(problem.value() == null ? "" : ", value \"" + problem.value() + "\"")
                    .append(": ")
                    .append(problem.reason());
        }
        return text.toString();
    }
}
