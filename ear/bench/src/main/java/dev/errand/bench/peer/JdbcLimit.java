package dev.errand.bench.peer;

import dev.errand.bench.Handled;
import dev.errand.bench.TaskQueue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;

/**
 * No task queue, but the limit of one: Errand's statements from plain JDBC, with nothing but memory between those that send
 * and those that run. It recovers nothing, retries nothing and knows no priorities.
 */
final class JdbcLimit implements TaskQueue {
    private final DataSource database;
    private final Joined joined;
    private final int batch;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final Object gate = new Object();
    private boolean stopped;

    /** @param batch how many tasks share a commit at most */
    JdbcLimit(DataSource database, int workers, int batch) throws SQLException, IOException {
        this.database = database;
        this.joined = new Joined(database);
        this.batch = batch;
        try (InputStream sql = Thread.currentThread()
                        .getContextClassLoader()
                        .getResourceAsStream("db/errand/postgresql/V1__errand.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(this::work, "worker-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void send(String argument) {
        sendAll(List.of(argument));
    }

    @Override
    public void sendAll(List<String> arguments) {
        List<String> ids;
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            ids = insert(connection, arguments);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        waiting.addAll(ids);
    }

    private static List<String> insert(Connection connection, List<String> arguments) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO errand_task (id, task, queue, state,"
                + " priority, run, retries, crashes, wake_at, due_at, created_at, node, argument) VALUES"
                + " (?, 'bench.noop', 'default', 'PENDING', 4, 1, 0, 0, ?, ?, ?, 'node', ?)")) {
            long now = System.currentTimeMillis();
            for (String argument : arguments) {
                String id = UUID.randomUUID().toString();
                ids.add(id);
                insert.setString(1, id);
                insert.setLong(2, now + 30_000);
                insert.setLong(3, now);
                insert.setLong(4, now);
                insert.setString(5, '"' + argument + '"');
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return ids;
    }

    @Override
    public void write(String argument) {
        joined.write(argument, () -> {});
    }

    @Override
    public void writeAndSend(String argument) {
        List<String> ids = new ArrayList<>();
        joined.write(argument, () -> {
            try {
                ids.addAll(insert(joined.dataSource().getConnection(), List.of(argument)));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.addAll(ids);
    }

    private void work() {
        List<String> ids = new ArrayList<>();
        while (true) {
            try {
                ids.add(waiting.take());
                awaitGate();
                waiting.drainTo(ids, batch - 1);
                run(ids);
                ids.clear();
            } catch (InterruptedException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Selects by the key alone, as Errand does. With the state as well, PostgreSQL reads all tasks in that state, because its statistics
     * lag behind. */
    private void run(List<String> ids) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement claim = connection.prepareStatement("SELECT * FROM errand_task t WHERE t.id IN ("
                        + String.join(", ", Collections.nCopies(batch, "?"))
                        + ") FOR UPDATE SKIP LOCKED");
                PreparedStatement end = connection.prepareStatement("UPDATE errand_task SET state = 'SUCCESS',"
                        + " wake_at = NULL, live_key = NULL, result = ?, started_at = ?, finished_at = ? WHERE id = ?"
                        + " AND run = 1")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < batch; i++) {
                claim.setString(i + 1, ids.get(Math.min(i, ids.size() - 1)));
            }
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    String argument = rows.getString("argument");
                    Handled.handle(argument.substring(1, argument.length() - 1));
                    long now = System.currentTimeMillis();
                    end.setNull(1, Types.VARCHAR);
                    end.setLong(2, now);
                    end.setLong(3, now);
                    end.setString(4, rows.getString("id"));
                    end.addBatch();
                }
            }
            end.executeBatch();
            connection.commit();
        }
    }

    @Override
    public void sendAt(String argument, Instant eta) {
        throw new UnsupportedOperationException("It has no clock");
    }

    @Override
    public void sendWork(String queue, int millis, String argument) {
        throw new UnsupportedOperationException("It retries nothing");
    }

    private void awaitGate() throws InterruptedException {
        synchronized (gate) {
            while (stopped) {
                gate.wait();
            }
        }
    }

    @Override
    public void stopWorkers() {
        synchronized (gate) {
            stopped = true;
        }
    }

    @Override
    public void startWorkers() {
        synchronized (gate) {
            stopped = false;
            gate.notifyAll();
        }
    }
}
