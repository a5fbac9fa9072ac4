package dev.errand.bench.app;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import dev.errand.bench.TaskQueue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Sends without a transaction of the caller, as the peers do; {@link ErrandDesk} does the rest. */
@ApplicationScoped
public class ErrandQueue implements TaskQueue {
    @Inject
    private TaskSender tasks;

    @Inject
    private ErrandDesk desk;

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
    public void write(String argument) {
        try {
            desk.write(argument);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void writeAndSend(String argument) {
        try {
            desk.writeAndSend(argument);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stopWorkers() {
        desk.pause();
    }

    @Override
    public void startWorkers() {
        desk.resume();
    }

    @Override
    public List<String> questions() {
        return List.of("list", "list of a state", "count");
    }

    @Override
    public void ask(String question) {
        switch (question) {
            case "list" -> desk.list();
            case "list of a state" -> desk.listPending();
            default -> desk.queues();
        }
    }
}
