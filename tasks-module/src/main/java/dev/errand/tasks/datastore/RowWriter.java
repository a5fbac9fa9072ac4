package dev.errand.tasks.datastore;

import dev.errand.tasks.data.ColumnType;
import dev.errand.tasks.data.Inspected;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a file's rows into a table, by statements with many rows each. For one thread. */
final class RowWriter {
    private static final int ROWS = 200;
    private static final int PARAMETERS = 4_000;

    /** The most characters of a statement's values, except for a single row. */
    private static final int CHARS = 512 * 1024;

    private final Tables tables;
    private final List<TableColumn> columns;
    private final int most;
    private final String head;
    private final String row;
    private final List<String[]> waiting = new ArrayList<>();
    private PreparedStatement full;
    private int chars;

    private RowWriter(Tables tables, String table, List<TableColumn> columns) {
        this.tables = tables;
        this.columns = columns;
        this.most = Math.max(1, Math.min(ROWS, PARAMETERS / columns.size()));
        this.head =
                "INSERT INTO " + tables.name(table) + " (" + tables.database().quoteAll(columns) + ") VALUES ";
        this.row = columns.stream()
                .map(column -> tables.database().parameter(column))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Writes all rows.
     *
     * @param commitEvery the number of rows after which a transaction is committed; 0: never
     */
    static void write(Tables tables, String table, List<TableColumn> columns, Inspected file, int commitEvery)
            throws SQLException, IOException, InterruptedException {
        RowWriter writer = new RowWriter(tables, table, columns);
        try (Inspected.GoodRows rows = file.open()) {
            writer.writeAll(rows, commitEvery);
        } finally {
            if (writer.full != null) {
                writer.full.close();
            }
        }
    }

    private void writeAll(Inspected.GoodRows rows, int commitEvery)
            throws SQLException, IOException, InterruptedException {
        Connection connection = tables.connection();
        int uncommitted = 0;
        for (String[] values = rows.next(); values != null; values = rows.next()) {
            waiting.add(values.clone());
            for (String value : values) {
                chars += value == null ? 0 : value.length();
            }
            uncommitted++;
            if (waiting.size() == most || chars > CHARS) {
                flush();
                if (commitEvery > 0 && uncommitted >= commitEvery) {
                    connection.commit();
                    uncommitted = 0;
                }
            }
        }
        flush();
        if (commitEvery > 0) {
            connection.commit();
        }
    }

    private void flush() throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        if (waiting.size() == most) {
            if (full == null) {
                full = prepare(most);
            }
            execute(full);
        } else {
            try (PreparedStatement statement = prepare(waiting.size())) {
                execute(statement);
            }
        }
        waiting.clear();
        chars = 0;
    }

    private PreparedStatement prepare(int rows) throws SQLException {
        return tables.connection()
                .prepareStatement(
                        head + IntStream.range(0, rows).mapToObj(i -> row).collect(Collectors.joining(", ")));
    }

    private void execute(PreparedStatement statement) throws SQLException {
        int parameter = 1;
        for (String[] values : waiting) {
            for (int i = 0; i < values.length; i++) {
                set(statement, parameter++, columns.get(i), values[i]);
            }
        }
        statement.executeUpdate();
    }

    private void set(PreparedStatement statement, int parameter, TableColumn column, String value) throws SQLException {
        if (value == null) {
            statement.setNull(parameter, Types.VARCHAR);
        } else if (column.type() == ColumnType.BOOLEAN && tables.database() != Database.POSTGRESQL) {
            statement.setBoolean(parameter, value.equals("true"));
        } else {
            statement.setString(parameter, tables.database().literal(column, value));
        }
    }
}
