package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskState;
import dev.errand.store.TaskLocks.Locked;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.view.TaskFigures;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.h2.api.Trigger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions claim due tasks on an H2 file at once, as batch runners do. Some of them roll back, and the commits of the others
 * stay. See docs/explain/h2-lost-update.md.
 */
class H2RollbackTest {
    private static final int CLAIMANTS = 5;
    private static final int ROUNDS = Integer.getInteger("errand.test.rounds", 20);
    private static final int TASKS = 80;
    private static final long NOW = 1_000_000;

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void start() throws Exception {
        String url = "jdbc:h2:async:" + folder.resolve("errand") + ";WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE";
        database = new Database(JdbcConnectionPool.create(url, "sa", "sa"));
        execute("CREATE TRIGGER slow AFTER UPDATE, ROLLBACK ON errand_task FOR EACH ROW CALL '"
                + SlowRollback.class.getName() + "'");
    }

    @AfterEach
    void stop() throws SQLException {
        execute("SHUTDOWN");
        database.close();
    }

    @Test
    void aRollbackRevertsNothingThatAnotherTransactionHasCommitted() throws Exception {
        ExecutorService claimants = Executors.newFixedThreadPool(CLAIMANTS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String queue = "round-" + round;
                send(queue);
                List<Future<?>> all = new ArrayList<>();
                for (int claimant = 0; claimant < CLAIMANTS; claimant++) {
                    Random random = new Random(round * CLAIMANTS + claimant);
                    all.add(claimants.submit(() -> runAll(queue, random)));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            }
        } finally {
            claimants.shutdownNow();
        }
        List<Damage> damaged = database.in(em -> with(em, new IntegrityCheck()).damaged());
        assertThat(damaged).isEmpty();
        Map<TaskState, Long> counts =
                database.in(em -> with(em, new TaskFigures()).counts());
        assertThat(counts).containsEntry(TaskState.SUCCESS, (long) ROUNDS * TASKS);
    }

    private void send(String queue) {
        database.run(em -> with(em, new TaskTransitions())
                .insert(IntStream.range(0, TASKS)
                        .mapToObj(n -> new TaskRecord(
                                queue + "-" + n,
                                "example.echo",
                                queue,
                                n < 60 ? 0 : 9,
                                null,
                                null,
                                "1",
                                NOW + n,
                                NOW + n,
                                null))
                        .toList()));
    }

    /** Runs until no task is due. The holder of a lock finishes its task or releases it. */
    private void runAll(String queue, Random random) {
        for (int priority : new int[] {9, 0}) {
            Turn due = new Turn("", priority, List.of(queue), 1);
            while (database.in(em -> isDue(em, due))) {
                runAll(due, random);
            }
        }
    }

    private static boolean isDue(EntityManager em, Turn due) {
        return !em.createNativeQuery(
                        "SELECT 1 FROM errand_task WHERE queue = ?1 AND priority = ?2 AND wake_at IS NOT NULL"
                                + " LIMIT 1")
                .setParameter(1, due.queues().get(0))
                .setParameter(2, due.priority())
                .getResultList()
                .isEmpty();
    }

    private void runAll(Turn due, Random random) {
        try (Database.Tx tx = database.begin()) {
            TaskLocks locks = with(tx.em, new TaskLocks());
            List<Success> claimed = locks.lockDue(due, 2 * NOW, 1 + random.nextInt(16)).stream()
                    .map(Locked::record)
                    .map(record -> new Success(new Ended(record.id, record.run, "node-1", NOW, NOW, null), null))
                    .toList();
            if (!claimed.isEmpty() && random.nextInt(4) > 0) {
                with(tx.em, new TaskTransitions()).succeed(claimed);
                tx.commit();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Now and then stays in the moment in which a row has its old values again and the undo log still has the change. */
    public static final class SlowRollback implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            boolean rollsBack = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("onRollback")));
            if (rollsBack) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
