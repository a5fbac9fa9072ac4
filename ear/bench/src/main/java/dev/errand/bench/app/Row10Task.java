package dev.errand.bench.app;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.bench.Deliberate;
import jakarta.ejb.Stateless;
import java.sql.SQLException;

/** Takes 10 ms. */
@Stateless
@Task("bench.row.10")
@RetryPolicy(on = Deliberate.class, countdown = "PT0S")
public class Row10Task extends RowWork implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) throws SQLException {
        return work(argument, task);
    }
}
