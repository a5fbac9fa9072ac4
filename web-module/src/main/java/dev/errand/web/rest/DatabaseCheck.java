package dev.errand.web.rest;

import dev.errand.api.TaskDatabase;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Checks that the database answers. Any client may call this, so at most one thread waits for the database, however
 * many clients call. A pool without a free connection would make a caller wait for half a minute, so no caller waits
 * longer than a few seconds.
 */
@ApplicationScoped
public class DatabaseCheck {
    private static final int PATIENCE_SECONDS = 3;

    @Inject
    @TaskDatabase
    private DataSource database;

    @Resource
    private ManagedExecutorService threads;

    private Future<Boolean> asked;
    private volatile boolean stuck;

    public boolean up() {
        Future<Boolean> answer = ask();
        if (stuck && !answer.isDone()) {
            return false;
        }
        try {
            stuck = false;
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            stuck = true;
            return false;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized Future<Boolean> ask() {
        if (asked == null || asked.isDone()) {
            stuck = false;
            asked = threads.submit(this::answers);
        }
        return asked;
    }

    private boolean answers() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        }
    }
}
