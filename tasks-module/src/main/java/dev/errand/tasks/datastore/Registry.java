package dev.errand.tasks.datastore;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The memory of the datastore: {@code errand_datastore_table} has a row per table, which a load locks, and
 * {@code errand_datastore_load} a row per finished load, so that a task that runs again after a crash does not load twice.
 */
final class Registry {
    static final String TABLE = "errand_datastore_table";
    static final String LOAD = "errand_datastore_load";

    /** The time for which a finished load is remembered by its task: 30 days. */
    private static final long KEPT_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Tables tables;
    private final String table;
    private final String load;

    Registry(Tables tables) {
        this.tables = tables;
        this.table = tables.database().fold(TABLE);
        this.load = tables.database().fold(LOAD);
    }

    boolean exists() throws SQLException {
        return tables.exists(table) && tables.exists(load);
    }

    /** Creates the tables unless they exist. */
    void create() throws SQLException {
        if (exists()) {
            return;
        }
        String longText = tables.database().longText();
        String options = tables.database() == Database.MARIADB
                ? " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
                : "";
        try {
            tables.execute("CREATE TABLE IF NOT EXISTS " + tables.name(table)
                    + " (name VARCHAR(63) NOT NULL PRIMARY KEY, table_columns " + longText
                    + ", fingerprint VARCHAR(64),"
                    + " task VARCHAR(255), loaded_at BIGINT, result " + longText + ")" + options);
            tables.execute("CREATE TABLE IF NOT EXISTS " + tables.name(load)
                    + " (task VARCHAR(255) NOT NULL PRIMARY KEY, name VARCHAR(63) NOT NULL, fingerprint VARCHAR(64) NOT NULL,"
                    + " loaded_at BIGINT NOT NULL, result " + longText + ")" + options);
        } catch (SQLException e) {
            // another node may have created them in the same moment
            if (!exists()) {
                throw e;
            }
        }
    }

    /** Makes sure that the table has a row. */
    void enter(TableName name) throws SQLException {
        if (!tables.select("SELECT name FROM " + tables.name(table) + " WHERE name = ?", name.text())
                .isEmpty()) {
            return;
        }
        try {
            tables.update("INSERT INTO " + tables.name(table) + " (name) VALUES (?)", name.text());
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("23")) {
                throw e;
            }
        }
    }

    /**
     * Locks the table's row until the transaction ends, and returns the columns that the last load left.
     *
     * @throws SQLException at once if another load holds the lock
     */
    List<TableColumn> lock(TableName name) throws SQLException {
        List<String> columns = tables.select(
                "SELECT table_columns FROM " + tables.name(table) + " WHERE name = ? FOR UPDATE NOWAIT", name.text());
        return columns.isEmpty() || columns.get(0) == null
                ? List.of()
                : JSON.readValue(columns.get(0), new TypeReference<List<TableColumn>>() {});
    }

    /** Returns the result of the last load, if it was of the same file in the same way. */
    Optional<String> unchanged(TableName name, String fingerprint) throws SQLException {
        return tables
                .select(
                        "SELECT result FROM " + tables.name(table) + " WHERE name = ? AND fingerprint = ?",
                        name.text(),
                        fingerprint)
                .stream()
                .findFirst();
    }

    /** Returns the result of this task's load, if it is finished. */
    Optional<String> finished(String task, TableName name, String fingerprint) throws SQLException {
        return tables
                .select(
                        "SELECT result FROM " + tables.name(load) + " WHERE task = ? AND name = ? AND fingerprint = ?",
                        task,
                        name.text(),
                        fingerprint)
                .stream()
                .findFirst();
    }

    /** Remembers a load, in the transaction that finishes it. */
    void remember(TableName name, List<TableColumn> columns, String fingerprint, String task, String result, long now)
            throws SQLException {
        tables.update(
                "UPDATE " + tables.name(table)
                        + " SET table_columns = ?, fingerprint = ?, task = ?, loaded_at = ?, result = ? WHERE name = ?",
                JSON.writeValueAsString(columns),
                fingerprint,
                task,
                now,
                result,
                name.text());
        tables.update("DELETE FROM " + tables.name(load) + " WHERE loaded_at < ? OR task = ?", now - KEPT_MILLIS, task);
        tables.update(
                "INSERT INTO " + tables.name(load)
                        + " (task, name, fingerprint, loaded_at, result) VALUES (?, ?, ?, ?, ?)",
                task,
                name.text(),
                fingerprint,
                now,
                result);
    }
}
