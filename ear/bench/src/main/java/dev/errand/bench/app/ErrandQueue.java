package dev.errand.bench.app;

import dev.errand.api.TaskControl;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import dev.errand.api.TaskState;
import dev.errand.bench.TaskQueue;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Each call is a transaction, as it would be in a user's EJB. */
@Stateless
@PermitAll
@RunAs("errand-admin")
public class ErrandQueue implements TaskQueue {
    @Inject
    private TaskSender tasks;

    @Inject
    private TaskControl control;

    @Override
    public void send(String argument) {
        tasks.send("bench.noop", argument);
    }

    @Override
    public void sendAll(List<String> arguments) {
        tasks.sendAll("bench.noop", arguments, TaskOptions.none());
    }

    @Override
    public void sendAt(String argument, Instant eta) {
        tasks.send("bench.noop", argument, TaskOptions.none().eta(eta));
    }

    @Override
    public void sendWork(String queue, int millis, String argument) {
        tasks.send("bench.row." + millis, argument, TaskOptions.none().queue(queue));
    }

    @Override
    public void stopWorkers() {
        control.pause("default");
    }

    @Override
    public void startWorkers() {
        control.resume("default");
    }

    @Override
    public List<String> questions() {
        return List.of("list", "list of a state", "count");
    }

    @Override
    public void ask(String question) {
        switch (question) {
            case "list" -> control.list(TaskFilter.all());
            case "list of a state" -> control.list(TaskFilter.all().state(TaskState.PENDING));
            default -> control.queues();
        }
    }
}
