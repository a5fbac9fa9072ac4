package dev.errand.bench.app;

import dev.errand.api.TaskContext;
import dev.errand.api.TaskDatabase;
import dev.errand.bench.Handled;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A handler that takes a while, and writes a row in the transaction of its run. */
public abstract class RowWork {
    @Inject
    @TaskDatabase
    private DataSource database;

    Void work(String argument, TaskContext task) throws SQLException {
        Handled.work(argument, database, task.retries() == 0);
        return null;
    }
}
