package dev.errand.bench.peer;

import dev.errand.bench.Deliberate;
import dev.errand.bench.Handled;
import dev.errand.bench.TaskQueue;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** With its JDBC store, clustered, since that is what makes it durable on more than one node. */
final class QuartzPeer implements TaskQueue {
    private static DataSource rows;
    private final Scheduler scheduler;

    /** The job that does nothing. */
    public static final class Noop implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Handled.handle(context.getMergedJobDataMap().getString("argument"));
        }
    }

    /** The job that writes a row. */
    public static final class RowJob implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Handled.work(context.getMergedJobDataMap().getString("argument"), rows);
            } catch (Deliberate e) {
                // its way to be called again
                throw new JobExecutionException(e, true);
            } catch (SQLException e) {
                throw new JobExecutionException(e);
            }
        }
    }

    QuartzPeer(DataSource database) throws Exception {
        rows = database;
        try (InputStream sql =
                        Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        DBConnectionManager.getInstance().addConnectionProvider("bench", new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return database.getConnection();
            }

            @Override
            public void shutdown() {
                // it ends with the process
            }

            @Override
            public void initialize() {
                // it is
            }
        });
        Properties properties = new Properties();
        Map.of(
                        "scheduler.instanceId", "AUTO",
                        "threadPool.threadCount", "32",
                        "threadPool.class", "org.quartz.simpl.SimpleThreadPool",
                        "jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX",
                        "jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate",
                        "jobStore.dataSource", "bench",
                        "jobStore.isClustered", "true",
                        "jobStore.useProperties", "true",
                        "scheduler.batchTriggerAcquisitionMaxCount", "32",
                        "jobStore.acquireTriggersWithinLock", "true")
                .forEach((key, value) -> properties.setProperty("org.quartz." + key, value));
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.start();
    }

    private static JobDetail job(Class<? extends Job> type, String argument) {
        return JobBuilder.newJob(type).usingJobData("argument", argument).build();
    }

    @Override
    public void send(String argument) {
        sendAt(argument, Instant.now());
    }

    @Override
    public void sendAll(List<String> arguments) {
        Map<JobDetail, Set<? extends Trigger>> jobs = new HashMap<>();
        arguments.forEach(argument -> jobs.put(
                job(Noop.class, argument),
                Set.of(TriggerBuilder.newTrigger().startNow().build())));
        try {
            scheduler.scheduleJobs(jobs, false);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void sendAt(String argument, Instant eta) {
        schedule(Noop.class, argument, eta);
    }

    /** It has no queues. */
    @Override
    public void sendWork(String queue, int millis, String argument) {
        schedule(RowJob.class, argument, Instant.now());
    }

    private void schedule(Class<? extends Job> type, String argument, Instant eta) {
        try {
            scheduler.scheduleJob(
                    job(type, argument),
                    TriggerBuilder.newTrigger().startAt(Date.from(eta)).build());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stopWorkers() {
        try {
            scheduler.standby();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void startWorkers() {
        try {
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
