package dev.errand.tasks.webhook;

import dev.errand.api.TaskHandler;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskRequest;
import dev.errand.api.TaskSender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sender that keeps what is sent. */
public final class SentTasks implements TaskSender {
    public final List<Sent> all = new CopyOnWriteArrayList<>();

    /** A task that was sent; its id is its number. */
    public record Sent(String task, Object argument) {
        public Map<?, ?> fields() {
            return (Map<?, ?>) argument;
        }
    }

    @Override
    public String send(String task, Object argument) {
        return send(task, argument, TaskOptions.none());
    }

    @Override
    public String send(String task, Object argument, TaskOptions options) {
        all.add(new Sent(task, argument));
        return "task-" + all.size();
    }

    @Override
    public <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument) {
        return send(handler.getName(), argument);
    }

    @Override
    public <A> String send(Class<? extends TaskHandler<A, ?>> handler, A argument, TaskOptions options) {
        return send(handler.getName(), argument);
    }

    @Override
    public List<String> sendAll(String task, Collection<?> arguments, TaskOptions options) {
        List<String> ids = new ArrayList<>();
        arguments.forEach(argument -> ids.add(send(task, argument, options)));
        return ids;
    }

    @Override
    public List<String> sendAll(List<TaskRequest> tasks) {
        return tasks.stream()
                .map(task -> send(task.task(), task.argument(), task.options()))
                .toList();
    }

    @Override
    public int maxArgumentBytes() {
        return 1_000_000;
    }
}
