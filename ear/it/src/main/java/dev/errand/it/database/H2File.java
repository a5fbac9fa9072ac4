package dev.errand.it.database;

import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file of a server's default datasource, looked at from outside. The process of the server has it, and lets others in by TCP,
 * which is all that differs from the set-up.
 */
public final class H2File implements Database {
    private static final String OPTIONS = ";WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE;";
    private static final String AS_SET_UP = OPTIONS + "DB_CLOSE_ON_EXIT=FALSE";
    private static final String OPEN = OPTIONS + "AUTO_SERVER=TRUE";

    private final Path lock;

    public H2File(ServerProcess server) {
        this.lock = server.data().resolve("errand.lock.db");
    }

    /** Connects to the address that the server's process writes next to the file. H2's own look-up would open the file itself while the server is down. */
    @Override
    public Connection connect() throws SQLException {
        Properties address = new Properties();
        try (InputStream file = Files.newInputStream(lock)) {
            address.load(file);
        } catch (IOException e) {
            throw new SQLException("The server does not have the file open", e);
        }
        String url = "jdbc:h2:tcp://" + address.getProperty("server") + "/" + address.getProperty("id");
        return DriverManager.getConnection(url, "sa", "sa");
    }

    @Override
    public int cutConnections(Random random) {
        throw new UnsupportedOperationException("A database in the server's own process has none that can be cut");
    }

    @Override
    public ServerProcess at(ServerProcess server) {
        return server.configure(AS_SET_UP, OPEN);
    }

    /**
     * Finds the entries that an index of the table has and its rows have not, or the other way round. Rows and index are read one
     * after the other, so a difference counts only if it is still there when both are read again: the pruner deletes meanwhile.
     */
    public Set<String> differencesOfIndexes(String table) throws SQLException {
        Set<String> differences = differences(table);
        if (!differences.isEmpty()) {
            differences.retainAll(differences(table));
        }
        return differences;
    }

    private Set<String> differences(String table) throws SQLException {
        Set<String> differences = new TreeSet<>();
        try (Connection connection = connect()) {
            for (Map.Entry<String, List<String>> index :
                    indexes(connection, table).entrySet()) {
                List<String> columns = index.getValue();
                // with all columns H2 reads the rows, with those of the index it reads nothing but the index
                Set<String> inRows = entries(connection, "SELECT t._rowid_, t.* FROM " + table + " t", columns);
                Set<String> inIndex = entries(
                        connection,
                        "SELECT _rowid_, " + String.join(", ", columns) + " FROM " + table + " USE INDEX ("
                                + index.getKey() + ")",
                        columns);
                inRows.stream()
                        .filter(entry -> !inIndex.contains(entry))
                        .forEach(entry -> differences.add(index.getKey() + " lacks " + entry));
                inIndex.stream()
                        .filter(entry -> !inRows.contains(entry))
                        .forEach(entry -> differences.add(index.getKey() + " alone has " + entry));
            }
        }
        return differences;
    }

    private static Map<String, List<String>> indexes(Connection connection, String table) throws SQLException {
        Map<String, List<String>> indexes = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT index_name, column_name FROM information_schema.index_columns"
                        + " WHERE table_name = ? ORDER BY index_name, ordinal_position")) {
            select.setString(1, table.toUpperCase(Locale.ROOT));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    indexes.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return indexes;
    }

    private static Set<String> entries(Connection connection, String sql, List<String> columns) throws SQLException {
        Set<String> entries = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                StringBuilder entry = new StringBuilder(rows.getString(1));
                for (String column : columns) {
                    entry.append(", ").append(rows.getString(column));
                }
                entries.add(entry.toString());
            }
        }
        return entries;
    }

    @Override
    public void close() {
        // it ends with its server
    }
}
