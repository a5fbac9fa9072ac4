package dev.errand.manage.jmx;

import dev.errand.api.QueueInfo;
import dev.errand.manage.TaskAdministration;

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
    public String pause() {
        return ConsoleText.queue(calls.change(by -> operations.pause(name, by)));
    }

    @Override
    public String resume() {
        return ConsoleText.queue(calls.change(by -> operations.resume(name, by)));
    }
}
