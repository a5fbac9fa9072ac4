package dev.errand.tasks.webhook;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.TaskDatabase;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.datastore.SqlFailures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The tables of the webhooks. Each method is one statement, in the caller's transaction if there is one. Nodes may change a
 * webhook at the same moment: a change names what it depends on in its condition, and returns whether that held. Thread-safe.
 */
@ApplicationScoped
public class Subscriptions {
    private static final String COLUMNS =
            "id, url, topics, secret, previous_secret, previous_until, enabled, disabled_reason, owner, created_at,"
                    + " changed_at, failing_since, last_success, last_status";

    private static final int REASON_CHARS = 1_000;
    private static final long PRUNE_EVERY = Duration.ofHours(1).toMillis();

    @Inject
    @TaskDatabase
    DataSource dataSource;

    @Inject
    WebhookTables tables;

    @Inject
    TasksConfig config;

    private volatile boolean ready;
    private final AtomicLong pruned = new AtomicLong();

    /**
     * A webhook as it is stored.
     *
     * @param secret encrypted
     * @param previousSecret encrypted; null: none
     */
    record Stored(WebhookInfo webhook, String secret, String previousSecret) {}

    /** The topics of an enabled webhook. */
    record Subscriber(String id, List<String> topics) {}

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    void insert(WebhookInfo webhook, String secret) {
        update(
                "INSERT INTO errand_webhook (id, url, topics, secret, enabled, owner, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                webhook.id(),
                webhook.url(),
                text(webhook.topics()),
                secret,
                webhook.enabled(),
                webhook.owner(),
                webhook.createdAt().toEpochMilli());
    }

    Optional<Stored> find(String id) {
        return select("SELECT " + COLUMNS + " FROM errand_webhook WHERE id = ?", Subscriptions::stored, id).stream()
                .findFirst();
    }

    /**
     * Returns webhooks, newest first.
     *
     * @param before the id of the last one of the page before; null: none
     */
    List<WebhookInfo> list(String before, int limit) {
        String from = "SELECT " + COLUMNS + " FROM errand_webhook";
        String order = " ORDER BY id DESC LIMIT " + limit;
        Row<WebhookInfo> row = found -> stored(found).webhook();
        return before == null ? select(from + order, row) : select(from + " WHERE id < ?" + order, row, before);
    }

    /** Returns the enabled webhooks. */
    List<Subscriber> enabled() {
        return select(
                "SELECT id, topics FROM errand_webhook WHERE enabled = ? ORDER BY id",
                row -> new Subscriber(row.getString(1), topics(row.getString(2))),
                true);
    }

    /** Changes address and topics. Another address has not failed yet. */
    boolean change(String id, String url, List<String> topics, long now) {
        return update(
                // first the column that depends on the old address: MariaDB reads what it has set
                "UPDATE errand_webhook SET failing_since = CASE WHEN url = ? THEN failing_since END, url = ?, topics = ?,"
                        + " changed_at = ? WHERE id = ?",
                url,
                url,
                text(topics),
                now,
                id);
    }

    /**
     * Sets a new secret.
     *
     * @param current the secret that is to be replaced, encrypted as it was read
     * @param until the end of its overlap; null: it ends now
     */
    boolean rotate(String id, String current, String secret, Long until, long now) {
        return update(
                "UPDATE errand_webhook SET previous_secret = ?, previous_until = ?, secret = ?, changed_at = ?"
                        + " WHERE id = ? AND secret = ?",
                until == null ? null : current,
                until,
                secret,
                now,
                id,
                current);
    }

    boolean enable(String id) {
        return update(
                "UPDATE errand_webhook SET enabled = ?, disabled_reason = NULL, failing_since = NULL WHERE id = ?",
                true,
                id);
    }

    boolean disable(String id, String reason) {
        return update(
                "UPDATE errand_webhook SET enabled = ?, disabled_reason = ? WHERE id = ?", false, cut(reason), id);
    }

    boolean remove(String id) {
        return update("DELETE FROM errand_webhook WHERE id = ?", id);
    }

    /** Removes a webhook whose receiver does not want to be called, unless it has another receiver by now. */
    boolean removeGone(String id, String url) {
        return update("DELETE FROM errand_webhook WHERE id = ? AND url = ?", id, url);
    }

    void succeeded(String id, int status, long now) {
        update(
                "UPDATE errand_webhook SET last_success = ?, last_status = ?, failing_since = NULL WHERE id = ?",
                now,
                status,
                id);
    }

    void failed(String id, Integer status, long now) {
        update(
                "UPDATE errand_webhook SET last_status = ?, failing_since = COALESCE(failing_since, ?) WHERE id = ?",
                status,
                now,
                id);
    }

    /** Disables a webhook if it is enabled and has failed since then or longer. */
    boolean disableFailing(String id, long since, String reason) {
        return update(
                "UPDATE errand_webhook SET enabled = ?, disabled_reason = ?"
                        + " WHERE id = ? AND enabled = ? AND failing_since <= ?",
                false,
                cut(reason),
                id,
                true,
                since);
    }

    void log(String id, String webhook, Delivery delivery) {
        update(
                "INSERT INTO errand_webhook_delivery (id, webhook, task, topic, attempt, at, status, millis, error)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                webhook,
                delivery.task(),
                delivery.topic(),
                delivery.attempt(),
                delivery.at().toEpochMilli(),
                delivery.status(),
                delivery.millis(),
                cut(delivery.error()));
    }

    /** A try and its place in the list. */
    record Logged(String id, Delivery delivery) {}

    /** Returns tries, newest first, as {@link #list} does. */
    List<Logged> deliveries(String webhook, String before, int limit) {
        String from = "SELECT id, task, topic, attempt, at, status, millis, error FROM errand_webhook_delivery"
                + " WHERE webhook = ?";
        String order = " ORDER BY id DESC LIMIT " + limit;
        return before == null
                ? select(from + order, Subscriptions::logged, webhook)
                : select(from + " AND id < ?" + order, Subscriptions::logged, webhook, before);
    }

    boolean hasDelivery(String webhook, String task) {
        return !select(
                        "SELECT id FROM errand_webhook_delivery WHERE webhook = ? AND task = ? LIMIT 1",
                        row -> row.getString(1),
                        webhook,
                        task)
                .isEmpty();
    }

    void removeDeliveries(String webhook) {
        update("DELETE FROM errand_webhook_delivery WHERE webhook = ?", webhook);
    }

    /** Removes old tries, once per hour and node. */
    void prune(Instant now, Duration kept) {
        long last = pruned.get();
        if (now.toEpochMilli() - last >= PRUNE_EVERY && pruned.compareAndSet(last, now.toEpochMilli())) {
            update(
                    "DELETE FROM errand_webhook_delivery WHERE at < ?",
                    now.minus(kept).toEpochMilli());
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new WebhookInfo(
                        row.getString("id"),
                        row.getString("url"),
                        topics(row.getString("topics")),
                        row.getBoolean("enabled"),
                        row.getString("disabled_reason"),
                        row.getString("owner"),
                        instant(row, "created_at"),
                        instant(row, "changed_at"),
                        instant(row, "failing_since"),
                        instant(row, "last_success"),
                        number(row, "last_status"),
                        instant(row, "previous_until")),
                row.getString("secret"),
                row.getString("previous_secret"));
    }

    private static Logged logged(ResultSet row) throws SQLException {
        return new Logged(
                row.getString("id"),
                new Delivery(
                        row.getString("task"),
                        row.getString("topic"),
                        row.getInt("attempt"),
                        instant(row, "at"),
                        number(row, "status"),
                        row.getLong("millis"),
                        row.getString("error")));
    }

    private static Integer number(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** A pattern has no line break. */
    private static String text(List<String> topics) {
        return String.join("\n", topics);
    }

    private static List<String> topics(String text) {
        return List.of(text.split("\n"));
    }

    private static String cut(String text) {
        return text == null || text.length() <= REASON_CHARS ? text : text.substring(0, REASON_CHARS - 1) + "…";
    }

    /** Makes the tables. Once they are there, a call of another bean per statement is too much. */
    private void ensure() {
        if (!ready) {
            tables.ensure();
            ready = true;
        }
    }

    private String named(String sql) {
        return WebhookSchema.named(config.tablePrefix(), sql);
    }

    private boolean update(String sql, Object... values) {
        ensure();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = statement(connection, named(sql), values)) {
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private <T> List<T> select(String sql, Row<T> reader, Object... values) {
        ensure();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = statement(connection, named(sql), values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.of(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static PreparedStatement statement(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static RuntimeException failed(SQLException e) {
        return SqlFailures.isTransient(e)
                ? new DatabaseUnavailableException(
                        "The webhooks could not be read or changed: the database does not answer now. Try again later.",
                        e)
                : new IllegalStateException("The webhooks could not be read or changed: " + e.getMessage(), e);
    }
}
