package dev.errand.it.app;

import dev.errand.api.TaskDatabase;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The application's own table, in the same database: the row that a handler writes in its transaction is there exactly once. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Ledger {
    @Inject
    @TaskDatabase
    private DataSource database;

    @PostConstruct
    void makeTable() {
        try (Connection connection = database.getConnection()) {
            boolean mariaDb = connection.getMetaData().getDatabaseProductName().equals("MariaDB");
            String line = mariaDb ? "INT AUTO_INCREMENT PRIMARY KEY" : "INT GENERATED ALWAYS AS IDENTITY";
            try (PreparedStatement create = connection.prepareStatement("CREATE TABLE IF NOT EXISTS it_ledger"
                    + " (line " + line + ", task VARCHAR(255), note VARCHAR(255))")) {
                create.execute();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(String task, String note) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO it_ledger (task, note) VALUES (?, ?)")) {
            insert.setString(1, task);
            insert.setString(2, note);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the rows of tasks whose id begins like this, in the order of writing: "id note". */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<String> read(String idStart) {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT task, note FROM it_ledger WHERE task LIKE ? ORDER BY line")) {
            select.setString(1, idStart + "%");
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1) + " " + rows.getString(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }
}
