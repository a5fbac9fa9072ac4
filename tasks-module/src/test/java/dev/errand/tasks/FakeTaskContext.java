package dev.errand.tasks;

import dev.errand.api.TaskContext;
import dev.errand.api.TaskRetry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run that tests set up and look into. */
public class FakeTaskContext implements TaskContext {
    public final List<String> progress = new CopyOnWriteArrayList<>();
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public volatile String id = "task-1";
    public volatile int retries;
    public volatile boolean revoked;

    @Override
    public String id() {
        return id;
    }

    @Override
    public String task() {
        return "test.task";
    }

    @Override
    public int retries() {
        return retries;
    }

    @Override
    public String queue() {
        return "default";
    }

    @Override
    public String sentBy() {
        return null;
    }

    @Override
    public void progress(long done, long total, String message) {
        progress.add(done + "/" + total + " " + message);
    }

    @Override
    public void log(String message) {
        lines.add(message);
    }

    @Override
    public boolean revoked() {
        return revoked;
    }

    @Override
    public TaskRetry retry(Throwable cause) {
        return new TaskRetry("retry", cause);
    }
}
