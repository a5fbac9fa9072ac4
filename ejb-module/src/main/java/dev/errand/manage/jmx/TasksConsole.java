package dev.errand.manage.jmx;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.json.Json;
import dev.errand.manage.Operations;
import dev.errand.store.Damage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@link TasksMXBean} on what everybody else uses, too. */
final class TasksConsole implements TasksMXBean {
    private final String node;
    private final Operations operations;
    private final Steps steps;

    TasksConsole(String node, Operations operations, Steps steps) {
        this.node = node;
        this.operations = operations;
        this.steps = steps;
    }

    @Override
    public String getNode() {
        return node;
    }

    @Override
    public Map<String, Long> getCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        steps.look(figures -> figures.counts()).forEach((state, count) -> counts.put(state.name(), count));
        return counts;
    }

    @Override
    public String[] getRunning() {
        return lines(steps.look(RecentFigures.Figures::running), Lines::running);
    }

    @Override
    public String[] getQueues() {
        return lines(steps.look(RecentFigures.Figures::queues), Lines::queue);
    }

    @Override
    public String[] getHandlers() {
        return lines(steps.ask(operations::handlers), Lines::handler);
    }

    @Override
    public String[] failures(int limit) {
        List<TaskInfo> failed = steps.ask(() -> operations
                .list(TaskFilter.all().state(TaskState.FAILURE).limit(limit))
                .tasks());
        return lines(failed, Lines::failure);
    }

    @Override
    public String[] damaged() {
        return lines(steps.ask(operations::damaged), Damage::toString);
    }

    @Override
    public String find(String id) {
        return steps.ask(() -> operations.find(id).map(Json::pretty).orElse("No task has the id \"" + id + "\"."));
    }

    @Override
    public String retry(String id) {
        return Json.pretty(steps.change(by -> operations.retryNow(id, by)));
    }

    @Override
    public String revoke(String id) {
        return Json.pretty(steps.change(by -> operations.revoke(id, by)));
    }

    @Override
    public String pause(String queue) {
        return Lines.queue(steps.change(by -> operations.pause(queue, by)));
    }

    @Override
    public String resume(String queue) {
        return Lines.queue(steps.change(by -> operations.resume(queue, by)));
    }

    private static <T> String[] lines(List<T> things, Function<T, String> line) {
        return things.stream().map(line).toArray(String[]::new);
    }
}
