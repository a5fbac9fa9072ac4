package dev.errand.it.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL with a database "errand" and a user "errand" who must know the password, as in production. */
public final class PasswordPostgres implements AutoCloseable {
    public static final String PASSWORD = "it's a {secret}, of $1=x";

    private final EmbeddedPostgres postgres;

    public PasswordPostgres() throws IOException, SQLException {
        postgres = Postgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE errand LOGIN PASSWORD '%s'".formatted(PASSWORD.replace("'", "''")));
            statement.execute("CREATE DATABASE errand OWNER errand");
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Files.writeString(
                        Path.of(file.getString(1)),
                        "host all errand all scram-sha-256\nhost all all all trust\nlocal all all trust\n");
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    public String url() {
        return "jdbc:postgresql://localhost:%d/errand?reWriteBatchedInserts=true".formatted(postgres.getPort());
    }

    /** The state of a task as it is in the table. */
    public String state(String id) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "errand").getConnection();
                var select = connection.prepareStatement("SELECT state FROM errand_task WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    public void update(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "errand").getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** How many tasks there are of which this is true. */
    public int count(String condition) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "errand").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM errand_task WHERE " + condition)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
