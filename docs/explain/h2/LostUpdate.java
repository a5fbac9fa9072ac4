import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.h2.api.Trigger;

/**
 * The same by JDBC: sessions add 1 to rows, every other transaction is undone, and in the end each row must have as many as were
 * committed to it.
 *
 * <pre>
 * javac -cp h2-2.4.240.jar LostUpdate.java
 * java -cp h2-2.4.240.jar:. LostUpdate SELECT UNDO SECONDS [slow] [URL]
 * </pre>
 *
 * SELECT: none (UPDATE alone), lock (SELECT ... FOR UPDATE), skip (the same with SKIP LOCKED). UNDO: rollback, savepoint, commit
 * (of locks only). slow: a trigger waits a millisecond between the restoring of the row and that of the undo log, which is enough
 * to see it in seconds. URL: default is a file with WRITE_DELAY=0.
 */
public class LostUpdate {
    private static final int SESSIONS = 6;
    private static final int ROWS = 20;

    private final AtomicLongArray committed = new AtomicLongArray(ROWS);
    private final AtomicLong undone = new AtomicLong();
    private final Map<Integer, Integer> errors = new ConcurrentHashMap<>();
    private final String select;
    private final String undo;
    private final long end;
    private final String url;

    private LostUpdate(String select, String undo, long seconds, String url) {
        this.select = select;
        this.undo = undo;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
        this.url = url;
    }

    public static void main(String[] args) throws Exception {
        boolean slow = args.length > 3 && args[3].equals("slow");
        Path folder = Files.createTempDirectory("lost-update");
        String url = args.length > 4 ? args[4] : "jdbc:h2:async:" + folder.resolve("test") + ";WRITE_DELAY=0";
        new LostUpdate(args[0], args[1], Long.parseLong(args[2]), url).run(slow);
    }

    private void run(boolean slow) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counter (id INT PRIMARY KEY, n BIGINT, due BOOLEAN)");
            // with an index on n, H2 soon fails with 50200: it does not find the index entry of a reverted row
            statement.execute("CREATE INDEX counter_due ON counter (due)");
            statement.execute("INSERT INTO counter SELECT x, 0, TRUE FROM SYSTEM_RANGE(0, " + (ROWS - 1) + ")");
            if (slow) {
                statement.execute("CREATE TRIGGER slow AFTER UPDATE, ROLLBACK ON counter FOR EACH ROW CALL '"
                        + Slow.class.getName() + "'");
            }
            List<Thread> sessions = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                sessions.add(new Thread(this::session));
            }
            sessions.forEach(Thread::start);
            for (Thread session : sessions) {
                session.join();
            }
            report(statement);
        }
    }

    private void session() {
        Random random = new Random();
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            connection.setAutoCommit(false);
            while (System.nanoTime() < end) {
                try {
                    transaction(connection, random);
                } catch (SQLException e) {
                    errors.merge(e.getErrorCode(), 1, Integer::sum);
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void transaction(Connection connection, Random random) throws SQLException {
        boolean undoes = random.nextBoolean();
        var savepoint = undo.equals("savepoint") ? connection.setSavepoint() : null;
        List<Integer> ids = rows(connection, random);
        if (!undoes || select.equals("none")) {
            try (PreparedStatement update = connection.prepareStatement("UPDATE counter SET n = n + 1 WHERE id = ?")) {
                for (int id : ids) {
                    update.setInt(1, id);
                    update.executeUpdate();
                }
            }
        }
        if (!undoes) {
            connection.commit();
            ids.forEach(committed::incrementAndGet);
            return;
        }
        undone.incrementAndGet();
        switch (undo) {
            case "rollback" -> connection.rollback();
            case "savepoint" -> {
                connection.rollback(savepoint);
                connection.commit();
            }
            case "commit" -> {
                connection.commit();
                if (select.equals("none")) {
                    ids.forEach(committed::incrementAndGet);
                }
            }
            default -> throw new IllegalArgumentException(undo);
        }
    }

    private List<Integer> rows(Connection connection, Random random) throws SQLException {
        int first = random.nextInt(ROWS);
        int last = Math.min(ROWS - 1, first + random.nextInt(3));
        List<Integer> ids = new ArrayList<>();
        if (select.equals("none")) {
            for (int id = first; id <= last; id++) {
                ids.add(id);
            }
            return ids;
        }
        String sql = select.equals("skip")
                ? "SELECT id FROM counter WHERE due = TRUE LIMIT " + (1 + last - first) + " FOR UPDATE SKIP LOCKED"
                : "SELECT id FROM counter WHERE id BETWEEN " + first + " AND " + last + " FOR UPDATE";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }

    private void report(Statement statement) throws SQLException {
        long all = 0;
        long lost = 0;
        try (ResultSet rows = statement.executeQuery("SELECT id, n FROM counter")) {
            while (rows.next()) {
                long expected = committed.get(rows.getInt(1));
                all += expected;
                lost += expected - rows.getLong(2);
            }
        }
        System.out.printf(
                "%s/%s: %d updates committed, %d transactions undone, %d updates lost, errors %s%n",
                select, undo, all, undone.get(), lost, new TreeMap<>(errors));
    }

    /** Called on updates, too: only the call from within a rollback counts. */
    public static final class Slow implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            boolean inRollback = StackWalker.getInstance()
                    .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("onRollback")));
            if (inRollback) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
