package dev.errand.web.sample;

import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskSender;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Saves datasets and tells subscribers of them. */
@Stateless
public class Datasets {

    @Inject
    @TaskDatabase
    private DataSource database;

    @Inject
    private TaskSender tasks;

    /** One transaction: if the row is not saved, no webhook is ever called; if it is saved, the webhook will be. */
    public Saved save(String name, String subscriber) throws SQLException {
        String id = UUID.randomUUID().toString();
        insert(id, name);
        String task = tasks.send(
                "webhook.notify",
                Map.of("url", subscriber, "topic", "dataset/create", "payload", Map.of("id", id, "name", name)));
        return new Saved(id, task);
    }

    private void insert(String id, String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO errand_sample_dataset (id, name) VALUES (?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, name);
            insert.executeUpdate();
        }
    }

    /** The ids of the row and of the task that was sent for it. */
    public record Saved(String dataset, String task) {}
}
