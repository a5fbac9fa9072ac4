package dev.errand.it.database;

import dev.errand.it.server.ServerProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A real database of a test's own, looked at from outside. */
public interface Database extends AutoCloseable {
    /** Connects as a user that is unrelated to the application. */
    Connection connect() throws SQLException;

    /**
     * Ends a third of the connections, as it comes.
     *
     * @return how many
     */
    int cutConnections(Random random);

    /** Has the server use it. */
    ServerProcess at(ServerProcess server);

    /** @return how many rows it changed */
    default int execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** @return the first column */
    default List<String> select(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Of these, a third, as it comes. */
    static List<String> aThird(List<String> all, Random random) {
        return all.stream().filter(each -> random.nextInt(3) == 0).toList();
    }

    @Override
    void close();
}
