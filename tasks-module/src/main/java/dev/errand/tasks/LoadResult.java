package dev.errand.tasks;

import dev.errand.tasks.data.Report;
import java.util.List;

/**
 * The result of {@code datastore.load}.
 *
 * @param table the name of the table, in lower case
 * @param rows the number of the file's rows that were loaded
 * @param columns the columns of the file, 1,000 at most
 * @param rejected the number of the file's rows that were left out because of a problem
 * @param skipped whether nothing was loaded, because the last load of the table was of the same file; the other fields
 *     are then those of that load
 * @param report the report about the file
 */
public record LoadResult(
        String table, long rows, List<Report.ColumnReport> columns, long rejected, boolean skipped, Report report) {

    LoadResult asSkipped() {
        return new LoadResult(table, rows, columns, rejected, true, report);
    }
}
