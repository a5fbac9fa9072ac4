package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The first reading of a file: it finds the header, checks each row, and decides the types of the columns over all rows. It
 * holds no rows in memory. For one file and one thread.
 */
public final class Inspection {
    private final DataFile file;
    private final Boolean header;
    private final TableSchema schema;
    private final List<String> key;
    private final Progress progress;
    private final CellScan scan = new CellScan();
    private final Problems problems = new Problems();
    private final Problems warnings = new Problems();
    private FileColumns columns = new FileColumns(List.of(), null, List.of());
    private RowCheck check;
    private ColumnProfile[] profiles = {};
    private long headerRow;
    private int before;
    private long rows;
    private long blank;
    private long[] rejected = new long[16];
    private int rejectedCount;

    private Inspection(DataFile file, Options options, TableSchema schema, List<String> key, Progress progress) {
        this.file = file;
        this.header = options.header();
        this.schema = schema;
        this.key = key;
        this.progress = progress;
    }

    /**
     * Reads the file.
     *
     * @param schema a Frictionless table schema; null: the types are inferred
     * @param key the columns that together are present and different in each row; may be empty
     * @throws BadArgumentException if the schema or the key is wrong
     */
    public static Inspected of(
            DataFile file, Options options, Map<String, Object> schema, List<String> key, Progress progress)
            throws IOException, InterruptedException {
        TableSchema read = schema == null ? null : SchemaReader.read(schema);
        Inspection inspection = new Inspection(file, options, read, key, progress);
        try {
            inspection.read();
        } catch (DataFileException e) {
            inspection.problems.addFatal(Problem.of(inspection.rows, null, 0, null, Problem.Code.FILE, e.getMessage()));
        }
        return inspection.result();
    }

    /** A row of the sample, from which the layout is decided. */
    private record Sampled(long number, List<String> cells, Rows.Fault fault) {}

    private void read() throws IOException, InterruptedException {
        try (Rows source = file.open()) {
            List<Sampled> sample = new ArrayList<>();
            DataFileException broken = null;
            try {
                while (sample.size() < Layout.SAMPLE && source.next()) {
                    List<String> cells = cells(source);
                    if (source.fault() != null || !isBlank(cells)) {
                        sample.add(new Sampled(source.number(), cells, source.fault()));
                    } else {
                        blank++;
                    }
                }
            } catch (DataFileException e) {
                broken = e;
            }
            if (sample.isEmpty() && broken != null) {
                throw broken;
            }
            before = layOut(sample);
            for (Sampled row : sample.subList(before, sample.size())) {
                check(row.number(), row.cells(), row.fault());
            }
            if (broken != null) {
                throw broken;
            }
            RowView view = new RowView(source);
            while (source.next()) {
                progress.row(rows, 0, "checking");
                if (source.fault() == null && isBlank(view)) {
                    blank++;
                } else {
                    check(source.number(), view, source.fault());
                }
            }
        }
        if (blank > 0 && file.format() != DataFile.Format.XLSX) {
            warnings.add(
                    Problem.of(0, null, 0, null, Problem.Code.BLANK_ROW, blank + " rows without a value are skipped."));
        }
    }

    /** The cells of the current row, without a copy. */
    private static final class RowView extends AbstractList<String> {
        private final Rows source;

        RowView(Rows source) {
            this.source = source;
        }

        @Override
        public String get(int index) {
            return source.cell(index);
        }

        @Override
        public int size() {
            return source.count();
        }
    }

    private static List<String> cells(Rows source) {
        return List.copyOf(new RowView(source));
    }

    private static boolean isBlank(List<String> cells) {
        int count = cells.size();
        for (int i = 0; i < count; i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty() && !Blanks.isBlank(cell)) {
                return false;
            }
        }
        return true;
    }

    /** Finds header and columns; returns the number of the sample's rows before the data. */
    private int layOut(List<Sampled> sample) {
        if (file.jsonColumns() != null) {
            columns(file.jsonColumns());
            return 0;
        }
        if (sample.isEmpty()) {
            throw new DataFileException("The file has no rows.");
        }
        Layout layout = Layout.of(sample.stream().map(Sampled::cells).toList(), header);
        for (Sampled row : sample.subList(0, layout.preamble())) {
            warnings.add(Problem.of(
                    row.number(),
                    null,
                    0,
                    String.join(" ", row.cells()).trim(),
                    Problem.Code.PREAMBLE,
                    "The row is before the table; it is skipped."));
        }
        List<String> first = sample.get(layout.preamble()).cells();
        if (!layout.header()) {
            columns(generated(layout.columns()));
            return layout.preamble();
        }
        headerRow = sample.get(layout.preamble()).number();
        columns(first.subList(0, layout.columns()));
        return layout.preamble() + 1;
    }

    /** Returns the names of columns without a header: the schema's, if it has as many. */
    private List<String> generated(int count) {
        if (schema != null && schema.fields().size() == count) {
            return schema.fields().stream().map(SchemaField::name).toList();
        }
        List<String> generated = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            generated.add("column_" + i);
        }
        return generated;
    }

    private void columns(List<String> labels) {
        columns = FileColumns.of(labels, headerRow, schema, key, problems, warnings);
        check = new RowCheck(file, columns, problems);
        profiles = new ColumnProfile[columns.names().size()];
        for (int i = 0; i < profiles.length; i++) {
            profiles[i] = new ColumnProfile(scan);
        }
    }

    private void check(long number, List<String> cells, Rows.Fault fault) {
        rows++;
        if (rows > file.limits().rows()) {
            throw new DataFileException("The file has more than "
                    + file.limits().rows() + " rows, the limit of errand.datastore.max-rows.");
        }
        if (fault != null) {
            String column = fault.code() == Problem.Code.CELL_ERROR
                            && fault.position() <= columns.names().size()
                    ? columns.names().get(fault.position() - 1)
                    : null;
            problems.add(Problem.of(number, column, fault.position(), fault.value(), fault.code(), fault.reason()));
            reject();
            return;
        }
        if (!check.isGood(number, cells)) {
            reject();
            return;
        }
        int count = Math.min(cells.size(), profiles.length);
        for (int i = 0; i < count; i++) {
            profiles[i].add(cells.get(i));
        }
        for (int i = count; i < profiles.length; i++) {
            profiles[i].add("");
        }
    }

    private void reject() {
        if (rejectedCount == rejected.length) {
            rejected = Arrays.copyOf(rejected, rejected.length * 2);
        }
        rejected[rejectedCount++] = rows;
    }

    private Inspected result() {
        boolean comma = Arrays.stream(profiles).anyMatch(ColumnProfile::showsComma);
        boolean point = Arrays.stream(profiles).anyMatch(ColumnProfile::showsPoint);
        boolean semicolon = file.dialect() != null && file.dialect().delimiter() == ';';
        List<Column> decided = new ArrayList<>();
        for (int i = 0; i < profiles.length; i++) {
            ColumnProfile profile = profiles[i];
            String name = columns.names().get(i);
            SchemaField field = columns.fields() == null ? null : columns.fields()[i];
            if (field != null) {
                decided.add(new Column(
                        name,
                        i,
                        field.format().column(),
                        field.format().scale(),
                        profile.maxChars(),
                        profile.empty(),
                        profile.maxChars() > 0,
                        field));
                continue;
            }
            ColumnProfile.Decision decision = profile.decide(comma, point, semicolon);
            if (decision.doubt() != null) {
                warnings.add(Problem.of(
                        0, name, i + 1, null, Problem.Code.AMBIGUOUS, decision.doubt() + " The column is a text."));
            }
            decided.add(new Column(
                    name,
                    i,
                    decision.type(),
                    decision.scale(),
                    profile.maxChars(),
                    profile.empty(),
                    profile.maxChars() > 0,
                    new InferredFormat(decision.type(), decision.kind(), scan)));
        }
        return new Inspected(
                file,
                decided,
                headerRow,
                before,
                rows,
                Arrays.copyOf(rejected, rejectedCount),
                problems,
                warnings,
                progress);
    }
}
