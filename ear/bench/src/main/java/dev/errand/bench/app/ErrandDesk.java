package dev.errand.bench.app;

import dev.errand.api.TaskControl;
import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskSender;
import dev.errand.api.TaskState;
import dev.errand.bench.Handled;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Each call is a transaction, as it would be in a user's EJB. */
@Stateless
@PermitAll
@RunAs("errand-admin")
public class ErrandDesk {
    @Inject
    private TaskSender tasks;

    @Inject
    private TaskControl control;

    @Inject
    @TaskDatabase
    private DataSource database;

    public void write(String argument) throws SQLException {
        Handled.write(argument, database);
    }

    public void writeAndSend(String argument) throws SQLException {
        Handled.write(argument, database);
        tasks.send("bench.noop", argument);
    }

    public void pause() {
        control.pause("default");
    }

    public void resume() {
        control.resume("default");
    }

    public void list() {
        control.list(TaskFilter.all());
    }

    public void listPending() {
        control.list(TaskFilter.all().state(TaskState.PENDING));
    }

    public void queues() {
        control.queues();
    }
}
