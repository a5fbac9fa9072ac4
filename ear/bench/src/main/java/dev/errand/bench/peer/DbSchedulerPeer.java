package dev.errand.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.errand.bench.Handled;
import dev.errand.bench.TaskQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The fastest durable peer, with its fastest settings: lock-and-fetch, 40 threads, a look each 100 ms, immediate execution. */
final class DbSchedulerPeer implements TaskQueue {
    private static final int THREADS = 40;

    private final OneTimeTask<String> noop =
            Tasks.oneTime("noop", String.class).execute((instance, context) -> Handled.handle(instance.getData()));
    private final OneTimeTask<String> work;
    private final Scheduler scheduler;
    private final Joined joined;
    private final SchedulerClient inTransaction;

    DbSchedulerPeer(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // as its documentation gives it for PostgreSQL
            statement.execute("CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name TEXT NOT NULL,"
                    + " task_instance TEXT NOT NULL, task_data BYTEA, execution_time TIMESTAMP WITH TIME ZONE NOT NULL,"
                    + " picked BOOLEAN NOT NULL, picked_by TEXT, last_success TIMESTAMP WITH TIME ZONE,"
                    + " last_failure TIMESTAMP WITH TIME ZONE, consecutive_failures INT,"
                    + " last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT NOT NULL, priority SMALLINT,"
                    + " PRIMARY KEY (task_name, task_instance))");
            statement.execute("CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)");
            statement.execute("CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        }
        work = Tasks.oneTime("work", String.class)
                .onFailure(new OnFailureRetryLater<>(Duration.ZERO))
                .execute((instance, context) -> work(instance.getData(), database));
        scheduler = Scheduler.create(database, noop, work)
                .threads(THREADS)
                .pollingInterval(Duration.ofMillis(100))
                .pollUsingLockAndFetch(1.0, 4.0)
                .enableImmediateExecution()
                .build();
        scheduler.start();
        joined = new Joined(database);
        inTransaction =
                SchedulerClient.Builder.create(joined.dataSource(), noop).build();
    }

    private static void work(String argument, DataSource database) {
        try {
            Handled.work(argument, database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private TaskInstance<String> instance(String argument) {
        return noop.instance(UUID.randomUUID().toString(), argument);
    }

    @Override
    public void send(String argument) {
        scheduler.schedule(instance(argument), Instant.now());
    }

    @Override
    public void sendAll(List<String> arguments) {
        List<TaskInstance<?>> instances =
                arguments.stream().<TaskInstance<?>>map(this::instance).toList();
        scheduler.scheduleBatch(instances, Instant.now());
    }

    @Override
    public void sendAt(String argument, Instant eta) {
        scheduler.schedule(instance(argument), eta);
    }

    @Override
    public void write(String argument) {
        joined.write(argument, () -> {});
    }

    @Override
    public void writeAndSend(String argument) {
        joined.write(argument, () -> inTransaction.schedule(instance(argument), Instant.now()));
    }

    /** It has no queues. */
    @Override
    public void sendWork(String queue, int millis, String argument) {
        scheduler.schedule(work.instance(UUID.randomUUID().toString(), argument), Instant.now());
    }

    @Override
    public void stopWorkers() {
        scheduler.pause();
    }

    @Override
    public void startWorkers() {
        scheduler.resume();
    }
}
