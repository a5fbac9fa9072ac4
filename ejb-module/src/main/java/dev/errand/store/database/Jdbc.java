package dev.errand.store.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Statements on the connection of the caller's transaction, which JPA uses as well. Errors are reported as by JPA.
 * Thread-safe.
 */
@Dependent
public class Jdbc {
    /** The wait for another transaction's key in an INSERT that many senders share. */
    private static final int IMPATIENT_MILLIS = 50;

    private final DataSource dataSource;
    private volatile Dialect dialect;

    @Inject
    public Jdbc(@TaskTables DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public interface Work<S, T> {
        T on(S subject) throws SQLException;
    }

    /**
     * Reads rows.
     *
     * @param row reads one row; its columns are in the order of the statement
     */
    public <T> List<T> read(String sql, Work<ResultSet, T> row, Object... values) {
        return with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                bind(select, values);
                List<T> read = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        read.add(row.on(rows));
                    }
                }
                return read;
            }
        });
    }

    /**
     * Writes rows.
     *
     * @param one the statement for each row
     * @param many the statement for any number of rows, each column an array, for a database that supports it
     * @return the number of written rows
     */
    public int write(String one, String many, List<Object[]> rows) {
        if (rows.size() == 1) {
            return update(one, rows.get(0));
        }
        boolean atOnce = dialect() == Dialect.POSTGRESQL;
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(atOnce ? many : one)) {
                return atOnce ? writeAtOnce(connection, statement, rows) : writeOneByOne(statement, rows);
            }
        });
    }

    /**
     * Inserts a row unless a row with its key exists. Waits for a transaction that is inserting or deleting such a row.
     * A failing INSERT would not do: after it, PostgreSQL refuses the rest of the transaction.
     *
     * @return whether the row was inserted
     */
    public boolean insertNew(String insert, Object... row) {
        try {
            return update(dialect().unlessThere(insert), row) == 1;
        } catch (PersistenceException e) {
            if (dialect() == Dialect.H2 && SqlErrors.constraintViolated(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Inserts a row unless one of its keys is taken; the transaction can continue either way. Waits for a transaction that is
     * inserting or deleting a row with such a key. Unlike {@link #insertNew}, it ignores no other error on MariaDB.
     *
     * @return whether the row was inserted
     */
    public boolean insertIfFree(String insert, Object... row) {
        try {
            return update(dialect() == Dialect.POSTGRESQL ? dialect().unlessThere(insert) : insert, row) == 1;
        } catch (PersistenceException e) {
            if (SqlErrors.constraintViolated(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Inserts the rows whose keys are free. The first column is the primary key.
     *
     * @param impatient whether to fail rather than to wait long for another transaction that inserts a row with such a key. H2
     *     waits for its lock timeout
     * @return the primary keys of the inserted rows
     * @throws PersistenceException for a violated constraint if the database cannot tell which rows it would have inserted: a
     *     MariaDB that ignores taken keys ignores other errors as well
     */
    public Set<String> insertFree(String one, String many, List<Object[]> rows, boolean impatient) {
        return switch (dialect()) {
            case POSTGRESQL -> {
                if (impatient) {
                    update("SET LOCAL lock_timeout = " + IMPATIENT_MILLIS);
                }
                yield with(connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement(dialect.unlessThere(many) + " RETURNING id")) {
                        bindAtOnce(connection, insert, rows);
                        return keys(insert.executeQuery());
                    }
                });
            }
            case H2 -> with(connection -> insertOneByOne(connection, one, rows));
            case MARIADB -> {
                write(impatient ? "SET STATEMENT innodb_lock_wait_timeout = 0 FOR " + one : one, many, rows);
                yield rows.stream().map(row -> (String) row[0]).collect(Collectors.toSet());
            }
        };
    }

    private static Set<String> keys(ResultSet rows) throws SQLException {
        try (rows) {
            Set<String> keys = new HashSet<>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }

    /** A batch would do, but its exception does not tell the error of each row. A transaction continues after the error. */
    private static Set<String> insertOneByOne(Connection connection, String insert, List<Object[]> rows)
            throws SQLException {
        Set<String> keys = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Object[] row : rows) {
                bind(statement, row);
                try {
                    statement.executeUpdate();
                    keys.add((String) row[0]);
                } catch (SQLException e) {
                    if (!SqlErrors.constraintViolated(e)) {
                        throw e;
                    }
                }
            }
        }
        return keys;
    }

    /**
     * Changes rows.
     *
     * @return the number of changed rows
     */
    public int update(String sql, Object... values) {
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    private static int writeAtOnce(Connection connection, PreparedStatement statement, List<Object[]> rows)
            throws SQLException {
        bindAtOnce(connection, statement, rows);
        return statement.executeUpdate();
    }

    private static void bindAtOnce(Connection connection, PreparedStatement statement, List<Object[]> rows)
            throws SQLException {
        for (int column = 0; column < rows.get(0).length; column++) {
            Object[] values = new Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[column];
            }
            // all as text, which the statement casts: an array of nulls alone has no type
            statement.setArray(column + 1, connection.createArrayOf("text", values));
        }
    }

    private static int writeOneByOne(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        for (Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
        }
        int written = 0;
        for (int count : statement.executeBatch()) {
            // some databases do not return the number
            written += count == 0 ? 0 : 1;
        }
        return written;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    public Dialect dialect() {
        if (dialect == null) {
            dialect = with(Dialect::of);
        }
        return dialect;
    }

    /** Uses the connection of the transaction. Closing it returns it to the transaction, not to the pool. */
    private <T> T with(Work<Connection, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    public static PersistenceException failed(SQLException error) {
        return new PersistenceException(error.getMessage(), error);
    }
}
