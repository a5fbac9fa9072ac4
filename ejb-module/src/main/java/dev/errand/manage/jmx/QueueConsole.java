package dev.errand.manage.jmx;

import dev.errand.api.Durations;
import dev.errand.api.ErrandException;
import dev.errand.api.QueueInfo;
import dev.errand.api.QueueSettings;
import dev.errand.manage.TaskAdministration;
import java.time.DateTimeException;

/** {@link QueueMXBean} by means of the actions that REST and Java use as well. */
final class QueueConsole implements QueueMXBean {
    private final String name;
    private final TaskAdministration operations;
    private final ConsoleCalls calls;

    QueueConsole(String name, TaskAdministration operations, ConsoleCalls calls) {
        this.name = name;
        this.operations = operations;
        this.calls = calls;
    }

    @Override
    public long getPending() {
        return queue().pending();
    }

    @Override
    public long getDue() {
        return queue().due();
    }

    @Override
    public long getRunning() {
        return queue().running();
    }

    @Override
    public boolean isPaused() {
        return queue().paused();
    }

    private QueueInfo queue() {
        return calls.look(figures -> figures.queue(name));
    }

    @Override
    public String getSettings() {
        return calls.ask(() -> operations.queueSettings(name)).toString();
    }

    @Override
    public String configure(int concurrency, int reserved, long maxPending, String timeLimit) {
        QueueSettings settings;
        try {
            settings = new QueueSettings(
                    concurrency == 0 ? null : Integer.valueOf(concurrency),
                    reserved == 0 ? null : Integer.valueOf(reserved),
                    maxPending == 0 ? null : Long.valueOf(maxPending),
                    timeLimit.isBlank() ? null : Durations.parse(timeLimit.strip()));
        } catch (ErrandException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
        return ConsoleText.queue(calls.change(by -> operations.configureQueue(name, settings, by)));
    }

    @Override
    public String pause() {
        return ConsoleText.queue(calls.change(by -> operations.pause(name, by)));
    }

    @Override
    public String resume() {
        return ConsoleText.queue(calls.change(by -> operations.resume(name, by)));
    }
}
