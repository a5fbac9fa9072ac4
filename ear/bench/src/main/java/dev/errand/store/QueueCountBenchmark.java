package dev.errand.store;

import dev.errand.it.database.MariaDb;
import dev.errand.it.database.Postgres;
import dev.errand.store.TaskLocks.Locked;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.database.Jdbc;
import dev.errand.store.schema.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Measures what the number of queues costs: a look for due tasks, and the working off of a backlog by the engine's statements.
 * By hand, see docs/explain/performance.md. The tables of all numbers are in one database server and are measured in turns; the best
 * round counts, so that a busy machine does the least harm.
 */
public final class QueueCountBenchmark {
    private static final int[] QUEUES = {1, 100, 10_000};
    private static final int ROUNDS = 5;
    private static final int LOOKS = 200;

    /** Of each kind: finished, due in a year, due now. */
    private static final int TASKS = 10_000;

    private static final int BATCH = 100;

    private final Map<String, Map<Integer, List<Double>>> figures = new TreeMap<>();

    private interface Databases {
        DataSource fresh(String name) throws Exception;
    }

    public static void main(String[] databases) throws Exception {
        List<String> wanted = databases.length == 0 ? List.of("h2", "postgresql", "mariadb") : List.of(databases);
        System.out.println(
                "| | " + Arrays.stream(QUEUES).mapToObj(n -> n + " queues").collect(Collectors.joining(" | ")) + " |");
        for (String database : wanted) {
            switch (database) {
                case "h2" -> h2();
                case "postgresql" -> postgreSql();
                case "mariadb" -> mariaDb();
                default ->
                    throw new IllegalArgumentException(
                            "There is no database " + database + " here. Use h2, postgresql or mariadb.");
            }
        }
    }

    private static void h2() throws Exception {
        Path folder = Files.createTempDirectory("errand-queues");
        new QueueCountBenchmark().measure("H2", name -> {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:" + folder.resolve(name) + ";WRITE_DELAY=0");
            return database;
        });
    }

    private static void postgreSql() throws Exception {
        try (EmbeddedPostgres postgres = Postgres.builder().start()) {
            new QueueCountBenchmark().measure("PostgreSQL", name -> {
                try (Connection connection = postgres.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name);
                }
                return postgres.getDatabase("postgres", name);
            });
        }
    }

    private static void mariaDb() throws Exception {
        try (MariaDb mariaDb = new MariaDb()) {
            new QueueCountBenchmark().measure("MariaDB", mariaDb::fresh);
        }
    }

    private void measure(String product, Databases databases) throws Exception {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (int queues : QUEUES) {
                subjects.add(new Subject(databases.fresh("queues" + queues), queues));
            }
            for (int round = -1; round < ROUNDS; round++) {
                for (Subject subject : subjects) {
                    subject.round(round >= 0);
                }
            }
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
        figures.forEach((what, byQueues) -> {
            StringBuilder line = new StringBuilder("| " + product + ": " + what);
            double first = Collections.min(byQueues.get(QUEUES[0]));
            byQueues.forEach((queues, values) -> line.append(
                    " | %.3g (%.0f%%)".formatted(Collections.min(values), 100 * Collections.min(values) / first)));
            System.out.println(line + " |");
        });
    }

    /** The tables with so many queues, among which finished and waiting tasks are spread evenly. */
    private final class Subject implements AutoCloseable {
        private final int queues;
        private final Connection connection;
        private final TaskLocks locks = new TaskLocks();
        private final TaskTransitions transitions = new TaskTransitions();
        private long now = 1_800_000_000_000L;
        private int ids;

        Subject(DataSource database, int queues) throws SQLException {
            this.queues = queues;
            Schema.migrate(database, "");
            connection = database.getConnection();
            connection.setAutoCommit(false);
            Jdbc jdbc = new Jdbc(shared(connection));
            transitions.jdbc = jdbc;
            transitions.steps = new StepRelease() {
                @Override
                public void succeeded(List<Ended> runs) {
                    // no task is a step of a workflow
                }
            };
            locks.jdbc = jdbc;
            locks.finder = new DueFinder();
            locks.finder.jdbc = jdbc;
            for (int i = 0; i < queues; i++) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO errand_queue (name, paused) VALUES ('" + queue(i) + "', FALSE)");
                }
            }
            send(0, TASKS, now + 31_536_000_000L);
            send(0, TASKS, now);
            workOff();
            try (Statement statement = connection.createStatement()) {
                // as each database does by itself, but in its own time
                statement.execute(
                        connection.getMetaData().getDatabaseProductName().equals("MariaDB")
                                ? "ANALYZE TABLE errand_task"
                                : "ANALYZE");
            }
            connection.commit();
        }

        private String queue(int i) {
            return "queue-" + i % queues;
        }

        void round(boolean counts) throws SQLException {
            record(counts, "a look, nothing due, µs", looks());
            send(0, 10, now);
            record(counts, "a look, ten due, µs", looks());
            workOff();
            record(counts, "a task of a backlog of one queue, µs", backlog(0));
            record(counts, "a task of a backlog of all queues, µs", backlog(BATCH));
        }

        /** @param step from one batch of tasks to the next, in queues; 0 for all in one queue */
        private double backlog(int step) throws SQLException {
            for (int batch = 0; batch < TASKS / BATCH; batch++) {
                send(batch * step, step == 0 ? 1 : BATCH, step == 0 ? BATCH : 1, now);
            }
            long start = System.nanoTime();
            int tasks = workOff();
            return (System.nanoTime() - start) / 1e3 / tasks;
        }

        private void record(boolean counts, String what, double value) {
            if (counts) {
                figures.computeIfAbsent(what, any -> new TreeMap<>())
                        .computeIfAbsent(queues, any -> new ArrayList<>())
                        .add(value);
            }
        }

        private double looks() throws SQLException {
            double[] took = new double[LOOKS];
            for (int i = 0; i < LOOKS; i++) {
                long start = System.nanoTime();
                locks.finder.look(now, true);
                took[i] = (System.nanoTime() - start) / 1e3;
                connection.commit();
            }
            Arrays.sort(took);
            return took[LOOKS / 2];
        }

        private void send(int from, int tasks, long at) throws SQLException {
            send(from, tasks, 1, at);
        }

        private void send(int from, int queues, int each, long at) throws SQLException {
            List<TaskRecord> records = IntStream.range(0, queues * each)
                    .mapToObj(i -> new TaskRecord(
                            "task-" + ids++, "t.t", queue(from + i / each), 4, null, null, "1", now, at, null))
                    .toList();
            transitions.insert(records);
            connection.commit();
        }

        /** As a batch runner does. */
        private int workOff() throws SQLException {
            int all = 0;
            for (List<Turn> turns = locks.due(now); !turns.isEmpty(); turns = locks.due(now)) {
                List<Locked> locked = List.of();
                for (Iterator<Turn> left = turns.iterator(); locked.isEmpty() && left.hasNext(); ) {
                    locked = locks.lockDue(left.next(), now, BATCH);
                }
                if (locked.isEmpty()) {
                    // the queues of this look are empty by now
                    continue;
                }
                transitions.succeed(locked.stream()
                        .map(task -> new Success(
                                new Ended(task.record().id(), task.record().run(), "node", now, now, null), null))
                        .toList());
                connection.commit();
                all += locked.size();
            }
            connection.commit();
            now += 1_000;
            return all;
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static DataSource shared(Connection connection) {
        Connection unclosed = (Connection) Proxy.newProxyInstance(
                QueueCountBenchmark.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, values) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                QueueCountBenchmark.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, values) -> unclosed);
    }
}
