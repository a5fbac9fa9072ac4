package dev.errand.tasks.datastore;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statements about tables, on one connection. For one thread. */
final class Tables {
    /** The comment of the datastore's tables. No other table has it, so no other table is changed. */
    static final String COMMENT = "Made by datastore.load";

    /** The longest wait for readers that hold a table. */
    static final int PATIENCE_SECONDS = 60;

    private final Connection connection;
    private final Database database;
    private final String schema;

    Tables(Connection connection, Database database, String schema) {
        this.connection = connection;
        this.database = database;
        this.schema = schema;
    }

    /**
     * Finds the schema.
     *
     * @param asked the setting; null: the schema of unqualified names
     */
    static String schema(Connection connection, Database database, String asked) throws SQLException {
        if (asked != null) {
            return database.fold(asked);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + database.currentSchema())) {
            row.next();
            String schema = row.getString(1);
            if (schema == null) {
                throw new DatastoreException("The database user has no schema. Set errand.datastore.schema.");
            }
            return schema;
        }
    }

    Connection connection() {
        return connection;
    }

    Database database() {
        return database;
    }

    String schema() {
        return schema;
    }

    /** Returns the quoted name of a table with its schema. */
    String name(String table) {
        return database.quote(schema) + "." + database.quote(table);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Returns the first column of all rows. */
    List<String> select(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    boolean exists(String table) throws SQLException {
        return !select(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        schema,
                        table)
                .isEmpty();
    }

    /** Returns whether {@code datastore.load} made this table, which exists. */
    boolean isOurs(String table) throws SQLException {
        return select(
                        "SELECT " + database.comment()
                                + " FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        schema,
                        table)
                .contains(COMMENT);
    }

    /** Returns the tables whose names begin so. */
    List<String> startingWith(String prefix) throws SQLException {
        return select(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name LIKE ?"
                        + " ESCAPE '!'",
                schema,
                prefix.replace("_", "!_") + "%");
    }

    /** Creates a table of the datastore. */
    void create(String table, List<TableColumn> columns) throws SQLException {
        execute("CREATE TABLE " + name(table)
                + columns.stream()
                        .map(column -> database.quote(column.name()) + " " + database.type(column))
                        .collect(Collectors.joining(", ", " (", ")"))
                + database.tableOptions(COMMENT));
        if (database != Database.MARIADB) {
            execute("COMMENT ON TABLE " + name(table) + " IS '" + COMMENT + "'");
        }
    }

    /** Creates a unique index on these columns, unless there is one. */
    void createKey(String table, List<String> key, String index) throws SQLException {
        if (!key.isEmpty() && !hasKey(table, key)) {
            execute("CREATE UNIQUE INDEX " + database.quote(database.fold(index)) + " ON " + name(table) + " ("
                    + database.quoteNames(key) + ")");
        }
    }

    private boolean hasKey(String table, List<String> key) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        boolean catalog = database == Database.MARIADB;
        Map<String, Set<String>> indexes = new TreeMap<>();
        try (ResultSet rows =
                metaData.getIndexInfo(catalog ? schema : null, catalog ? null : schema, table, true, true)) {
            while (rows.next()) {
                String column = rows.getString("COLUMN_NAME");
                if (column != null) {
                    indexes.computeIfAbsent(rows.getString("INDEX_NAME"), name -> new HashSet<>())
                            // PostgreSQL's driver quotes some names
                            .add(column.replaceAll("^\"|\"$", "").replace("\"\"", "\""));
                }
            }
        }
        return indexes.containsValue(Set.copyOf(key));
    }

    void drop(String table) throws SQLException {
        execute("DROP TABLE " + name(table));
    }

    /** Returns the statements that give a table the rights of another one. Only PostgreSQL needs them. */
    List<String> grants(String from, String to) throws SQLException {
        if (database != Database.POSTGRESQL) {
            return List.of();
        }
        return select(
                "SELECT 'GRANT ' || privilege_type || ' ON ' || ? || ' TO '"
                        + " || CASE grantee WHEN 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident(grantee) END"
                        + " || CASE is_grantable WHEN 'YES' THEN ' WITH GRANT OPTION' ELSE '' END"
                        + " FROM information_schema.role_table_grants WHERE table_schema = ? AND table_name = ?"
                        + " AND grantee <> current_user",
                name(to),
                schema,
                from);
    }

    void rename(String from, String to) throws SQLException {
        execute("ALTER TABLE " + name(from) + " RENAME TO " + database.quote(to));
    }

    /** Rolls back what is not committed, and returns to a commit per statement. */
    void endTransaction() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // a lost connection rolls back by itself, and the first error says more
        }
    }
}
