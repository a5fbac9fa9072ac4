package dev.errand.bench.peer;

import dev.errand.bench.Handled;
import dev.errand.bench.TaskQueue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** As it comes for free: a look each five seconds is the least it allows. */
public final class JobRunrPeer implements TaskQueue {
    private static DataSource rows;
    private final BackgroundJobServer server;

    JobRunrPeer(DataSource database) {
        rows = database;
        JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(database))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(32)
                        .andPollIntervalInSeconds(5))
                .initialize();
        server = JobRunr.getBackgroundJobServer();
    }

    @Override
    public void send(String argument) {
        BackgroundJob.enqueue(() -> Handled.handle(argument));
    }

    @Override
    public void sendAll(List<String> arguments) {
        BackgroundJob.enqueue(arguments.stream(), argument -> Handled.handle(argument));
    }

    @Override
    public void sendAt(String argument, Instant eta) {
        BackgroundJob.schedule(eta, () -> Handled.handle(argument));
    }

    /** It has no queues for free. */
    @Override
    public void sendWork(String queue, int millis, String argument) {
        BackgroundJob.enqueue(() -> JobRunrPeer.work(argument));
    }

    /** The method that a job calls. It is static, because no container creates objects for it here. */
    public static void work(String argument) throws SQLException {
        Handled.work(argument, rows);
    }

    @Override
    public void stopWorkers() {
        server.pauseProcessing();
    }

    @Override
    public void startWorkers() {
        server.resumeProcessing();
    }
}
