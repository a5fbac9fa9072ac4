package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
    private final List<Uniqueness> uniqueness = new ArrayList<>();
    private List<String> names = List.of();
    private ColumnProfile[] profiles = {};

    /** The field of each column; null without a schema. */
    private SchemaField[] fields;

    private String[] values = {};
    private long headerRow;
    private int before;
    private long rows;
    private long blank;
    private long[] rejected = new long[16];
    private int rejectedCount;

    /** Columns whose values together are different in each row. */
    private record Uniqueness(Problem.Code code, int[] columns, UniqueValues seen, String what) {}

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
    private static final class RowView extends java.util.AbstractList<String> {
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
            if (!cell.isEmpty() && !CellScan.isBlank(cell)) {
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
        names = ColumnNames.of(labels, headerRow, warnings);
        values = new String[names.size()];
        profiles = new ColumnProfile[names.size()];
        for (int i = 0; i < profiles.length; i++) {
            profiles[i] = new ColumnProfile(scan);
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(ColumnNames.key(names.get(i)), i);
        }
        if (schema != null) {
            match(places);
        }
        if (!key.isEmpty()) {
            uniqueness.add(new Uniqueness(
                    Problem.Code.PRIMARY_KEY, places("key", key, places), new UniqueValues(), "the key"));
        }
    }

    private void match(Map<String, Integer> places) {
        fields = new SchemaField[names.size()];
        for (SchemaField field : schema.fields()) {
            Integer place = places.get(ColumnNames.key(field.name()));
            if (place == null) {
                problems.addFatal(Problem.of(
                        headerRow,
                        field.name(),
                        0,
                        null,
                        Problem.Code.MISSING_COLUMN,
                        "The file has no such column, but the schema has."));
                continue;
            }
            fields[place] = field;
            if (field.unique()) {
                uniqueness.add(
                        new Uniqueness(Problem.Code.UNIQUE, new int[] {place}, new UniqueValues(), "the unique field"));
            }
        }
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == null) {
                problems.addFatal(Problem.of(
                        headerRow,
                        names.get(i),
                        i + 1,
                        null,
                        Problem.Code.EXTRA_COLUMN,
                        "The schema has no such field, but the file has the column."));
            }
        }
        if (!schema.primaryKey().isEmpty() && !problems.isFatal()) {
            uniqueness.add(new Uniqueness(
                    Problem.Code.PRIMARY_KEY,
                    places("primaryKey", schema.primaryKey(), places),
                    new UniqueValues(),
                    "the primary key"));
        }
    }

    private int[] places(String what, List<String> columns, Map<String, Integer> places) {
        int[] found = new int[columns.size()];
        for (int i = 0; i < found.length; i++) {
            Integer place = places.get(ColumnNames.key(columns.get(i)));
            if (place == null) {
                throw new BadArgumentException(
                        what + " has \"" + columns.get(i) + "\", which is not a column. The file has "
                                + names.stream().limit(50).toList() + ".");
            }
            found[i] = place;
        }
        return found;
    }

    private void check(long number, List<String> cells, Rows.Fault fault) {
        rows++;
        if (rows > file.limits().rows()) {
            throw new DataFileException("The file has more than "
                    + file.limits().rows() + " rows, the limit of errand.datastore.max-rows.");
        }
        if (fault != null) {
            String column = fault.code() == Problem.Code.CELL_ERROR && fault.position() <= names.size()
                    ? names.get(fault.position() - 1)
                    : null;
            problems.add(Problem.of(number, column, fault.position(), fault.value(), fault.code(), fault.reason()));
            reject();
            return;
        }
        boolean good = hasRightWidth(number, cells) & hasGoodCharacters(number, cells);
        if (good && fields != null) {
            good = matchesSchema(number, cells);
        }
        if (good && !uniqueness.isEmpty()) {
            good = isUnique(number, cells);
        }
        if (!good) {
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

    private boolean hasRightWidth(long number, List<String> cells) {
        int count = cells.size();
        for (int i = names.size(); i < count; i++) {
            if (!CellScan.isBlank(cells.get(i))) {
                problems.add(Problem.of(
                        number,
                        null,
                        i + 1,
                        cells.get(i),
                        Problem.Code.EXTRA_CELL,
                        "The row has more cells than the table has columns (" + names.size() + ")."));
                return false;
            }
        }
        if (count < names.size() && !file.hasShortRows()) {
            problems.add(Problem.of(
                    number,
                    names.get(count),
                    count + 1,
                    null,
                    Problem.Code.MISSING_CELL,
                    "The row has " + count + " cells, the table " + names.size() + " columns."));
            return false;
        }
        return true;
    }

    private boolean hasGoodCharacters(long number, List<String> cells) {
        boolean damaged = file.encoding() != null && file.encoding().damaged();
        boolean surrogates = file.encoding() == null || file.encoding().hasSurrogates() || file.jsonColumns() != null;
        int count = Math.min(cells.size(), names.size());
        for (int i = 0; i < count; i++) {
            String cell = cells.get(i);
            if (cell.indexOf('\0') >= 0 || surrogates && hasLoneSurrogate(cell)) {
                problems.add(Problem.of(
                        number,
                        names.get(i),
                        i + 1,
                        cell.replace('\0', '\u2400'),
                        Problem.Code.BAD_CHARACTER,
                        "The cell has a character that no database stores (NUL, or half of a surrogate pair)."));
                return false;
            }
            if (damaged && cell.indexOf('\uFFFD') >= 0) {
                problems.add(Problem.of(
                        number,
                        names.get(i),
                        i + 1,
                        cell,
                        Problem.Code.ENCODING,
                        "The cell has bytes that are not "
                                + file.encoding().charset().name()
                                + ". Is the encoding right? The argument's \"encoding\" sets it."));
                return false;
            }
        }
        return true;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Reports each wrong cell of the row. */
    private boolean matchesSchema(long number, List<String> cells) {
        boolean good = true;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == null) {
                continue;
            }
            String cell = cell(cells, i);
            try {
                values[i] = fields[i].read(cell);
            } catch (CellException e) {
                problems.add(Problem.of(number, names.get(i), i + 1, cell, e.code(), e.getMessage()));
                good = false;
            }
        }
        return good;
    }

    private boolean isUnique(long number, List<String> cells) {
        boolean good = true;
        for (Uniqueness unique : uniqueness) {
            StringBuilder together = new StringBuilder();
            boolean empty = false;
            for (int column : unique.columns()) {
                String cell = cell(cells, column);
                // 1 and 1.0 are the same number, where the schema says that it is one
                String value = fields == null ? (CellScan.isBlank(cell) ? null : cell) : values[column];
                empty |= value == null;
                together.append(value == null ? 0 : value.length()).append(':').append(value);
            }
            String reason = null;
            if (empty && unique.code() == Problem.Code.PRIMARY_KEY) {
                reason = "A part of " + unique.what() + " is empty.";
            } else if (!empty && !unique.seen().add(together.toString())) {
                reason = "An earlier row has the same value of " + unique.what() + ".";
            }
            if (reason != null) {
                int first = unique.columns()[0];
                problems.add(
                        Problem.of(number, names.get(first), first + 1, cell(cells, first), unique.code(), reason));
                good = false;
            }
        }
        return good;
    }

    /** Returns the cell of a row, which may have too few of them. */
    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    private Inspected result() {
        boolean comma = Arrays.stream(profiles).anyMatch(ColumnProfile::showsComma);
        boolean point = Arrays.stream(profiles).anyMatch(ColumnProfile::showsPoint);
        boolean semicolon = file.dialect() != null && file.dialect().delimiter() == ';';
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < profiles.length; i++) {
            ColumnProfile profile = profiles[i];
            if (fields != null && fields[i] != null) {
                SchemaField field = fields[i];
                columns.add(new Column(
                        names.get(i),
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
                        0,
                        names.get(i),
                        i + 1,
                        null,
                        Problem.Code.AMBIGUOUS,
                        decision.doubt() + " The column is a text."));
            }
            columns.add(new Column(
                    names.get(i),
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
                columns,
                headerRow,
                before,
                rows,
                Arrays.copyOf(rejected, rejectedCount),
                problems,
                warnings,
                progress);
    }
}
