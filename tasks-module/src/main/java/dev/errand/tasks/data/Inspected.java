package dev.errand.tasks.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file that was checked: its columns, its problems, and a way to read its good rows. Immutable, but for one thread. */
public final class Inspected {
    private final DataFile file;
    private final List<Column> columns;
    private final long headerRow;

    /** The number of rows with a value before the data. */
    private final int before;

    private final long rows;
    private final long[] rejected;
    private final Problems problems;
    private final Problems warnings;
    private final Progress progress;

    Inspected(
            DataFile file,
            List<Column> columns,
            long headerRow,
            int before,
            long rows,
            long[] rejected,
            Problems problems,
            Problems warnings,
            Progress progress) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.headerRow = headerRow;
        this.before = before;
        this.rows = rows;
        this.rejected = rejected;
        this.problems = problems;
        this.warnings = warnings;
        this.progress = progress;
    }

    public List<Column> columns() {
        return columns;
    }

    /** Returns the number of rows that have a problem. */
    public long rejected() {
        return rejected.length;
    }

    /** Returns the number of rows without a problem. */
    public long goodRows() {
        return rows - rejected.length;
    }

    /** Returns whether the whole file is unusable. */
    public boolean isFatal() {
        return problems.isFatal();
    }

    public DataFile file() {
        return file;
    }

    public Report report() {
        return Report.of(this);
    }

    long headerRow() {
        return headerRow;
    }

    long rows() {
        return rows;
    }

    Problems problems() {
        return problems;
    }

    Problems warnings() {
        return warnings;
    }

    /**
     * Returns the same file with columns of a table's types.
     *
     * @param types the types of the table's columns, by the name in lower case
     * @throws DataFileException if the table does not have a column, or its type does not fit
     */
    public Inspected as(Map<String, ColumnType> types) {
        List<Column> adapted = new ArrayList<>();
        for (Column column : columns) {
            ColumnType type = types.get(ColumnNames.key(column.name()));
            if (type == null) {
                throw new DataFileException("The file has the column \"" + column.name()
                        + "\", but the table has not. Load the file with mode \"replace\", or rename the column.");
            }
            if (column.hasValues() && !column.type().fits(type)) {
                throw new DataFileException("The column \"" + column.name() + "\" is of type "
                        + column.type().text()
                        + " in the file, but " + type.text() + " in the table. Correct the file, or load it with mode"
                        + " \"replace\".");
            }
            adapted.add(column.as(type));
        }
        return new Inspected(file, adapted, headerRow, before, rows, rejected, problems, warnings, progress);
    }

    /** Opens the good rows with their values. */
    public GoodRows open() throws IOException {
        file.checkUnchanged();
        return new GoodRows(file.open());
    }

    /** The rows without a problem, with the values that {@link CellFormat} describes. For one thread. */
    public final class GoodRows implements AutoCloseable {
        private final Rows source;
        private final String[] values = new String[columns.size()];
        private final CellFormat[] formats =
                columns.stream().map(Column::format).toArray(CellFormat[]::new);
        private long number;
        private long good;
        private int nextRejected;
        private boolean started;

        private GoodRows(Rows source) {
            this.source = source;
        }

        /**
         * Returns the next row's values, null for an empty one; null after the last row. The array is used again.
         *
         * @throws DataFileException if the file was changed
         */
        public String[] next() throws IOException, InterruptedException {
            skipHeader();
            while (source.next()) {
                if (source.fault() == null && isBlank()) {
                    continue;
                }
                number++;
                if (nextRejected < rejected.length && rejected[nextRejected] == number) {
                    nextRejected++;
                    continue;
                }
                progress.row(good, goodRows(), "loading");
                good++;
                read();
                return values;
            }
            if (good != goodRows()) {
                throw changed();
            }
            return null;
        }

        private void skipHeader() throws IOException {
            if (started) {
                return;
            }
            started = true;
            int skip = before;
            while (skip > 0 && source.next()) {
                skip -= isBlank() ? 0 : 1;
            }
        }

        private boolean isBlank() {
            int count = source.count();
            for (int i = 0; i < count; i++) {
                String cell = source.cell(i);
                if (!cell.isEmpty() && !Blanks.isBlank(cell)) {
                    return false;
                }
            }
            return true;
        }

        private void read() {
            int count = source.count();
            for (int i = 0; i < values.length; i++) {
                try {
                    values[i] = formats[i].read(i < count ? source.cell(i) : "");
                } catch (CellException e) {
                    throw changed();
                }
            }
        }

        private DataFileException changed() {
            return new DataFileException("The file was changed while it was read. Send the task again.");
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
