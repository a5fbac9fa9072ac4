package dev.errand.manage.jmx;

import dev.errand.api.HistoryPage;
import dev.errand.api.NodeSettings;
import dev.errand.api.QueueInfo;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskLimits;
import dev.errand.api.TaskPage;
import dev.errand.api.TaskState;
import dev.errand.json.JsonAnswer;
import dev.errand.manage.CachedFigures;
import dev.errand.manage.LimitControl;
import dev.errand.manage.NodeControl;
import dev.errand.manage.TaskAdministration;
import dev.errand.manage.json.TaskDetailJson;
import dev.errand.schedule.ScheduleOperations;
import dev.errand.store.Damage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@link TasksMXBean} by means of the actions that REST and Java use as well. */
final class TasksConsole implements TasksMXBean {
    /** The number of characters of an argument or a result. */
    static final int MAX_CHARS = 10_000;

    private static final int MOST_QUEUES = 1_000;
    private static final int MOST_SCHEDULES = 1_000;
    private static final HistoryPage HISTORY = HistoryPage.newest().runs(20).log(200);
    private static final String OLDER =
            "… and older tasks, whose texts do not fit here; GET /tasks/api/tasks returns them.";

    private final NodeControl node;
    private final TaskAdministration operations;
    private final ScheduleOperations schedules;
    private final LimitControl limits;
    private final ConsoleCalls calls;

    TasksConsole(
            NodeControl node,
            TaskAdministration operations,
            ScheduleOperations schedules,
            LimitControl limits,
            ConsoleCalls calls) {
        this.node = node;
        this.operations = operations;
        this.schedules = schedules;
        this.limits = limits;
        this.calls = calls;
    }

    @Override
    public String getNode() {
        return node.name();
    }

    @Override
    public String getDispatch() {
        return node.dispatch();
    }

    @Override
    public long getConcurrency() {
        return node.concurrency();
    }

    @Override
    public Map<String, Long> getCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        calls.look(figures -> figures.counts()).forEach((state, count) -> counts.put(state.name(), count));
        return counts;
    }

    @Override
    public String[] getRunning() {
        return lines(calls.look(CachedFigures.Figures::running), ConsoleText::running);
    }

    @Override
    public String[] getQueues() {
        List<QueueInfo> queues =
                calls.look(figures -> List.copyOf(figures.queues().values()));
        String[] lines = lines(queues.subList(0, Math.min(queues.size(), MOST_QUEUES)), ConsoleText::queue);
        return queues.size() > MOST_QUEUES ? and(lines, "… and " + (queues.size() - MOST_QUEUES) + " more") : lines;
    }

    @Override
    public String[] getHandlers() {
        return lines(calls.ask(operations::handlers), ConsoleText::handler);
    }

    @Override
    public String[] getSchedules() {
        List<ScheduleInfo> all = calls.ask(schedules::list);
        String[] lines = lines(all.subList(0, Math.min(all.size(), MOST_SCHEDULES)), ConsoleText::schedule);
        return all.size() > MOST_SCHEDULES ? and(lines, "… and " + (all.size() - MOST_SCHEDULES) + " more") : lines;
    }

    @Override
    public String[] getLimits() {
        return lines(calls.ask(limits::list), ConsoleText::limit);
    }

    @Override
    public String changeLimit(String limit, String rate, int concurrency) {
        String given = rate == null || rate.isBlank() ? null : rate.equals("none") ? TaskLimits.NO_RATE : rate;
        return ConsoleText.limit(
                calls.change(by -> limits.put(limit, given, concurrency == -1 ? null : concurrency, by)));
    }

    @Override
    public String setBackLimit(String limit) {
        return ConsoleText.limit(calls.change(by -> limits.remove(limit, by)));
    }

    @Override
    public String[] getProblems() {
        return lines(calls.ask(operations::problems), ConsoleText::problem);
    }

    @Override
    public String[] failures(int limit) {
        TaskPage failed = calls.ask(
                () -> operations.list(TaskFilter.all().state(TaskState.FAILURE).limit(limit)));
        String[] lines = lines(failed.tasks(), ConsoleText::failure);
        return lines.length < limit && failed.next() != null ? and(lines, OLDER) : lines;
    }

    @Override
    public String[] damaged() {
        return lines(calls.ask(operations::damaged), Damage::toString);
    }

    @Override
    public String find(String id) {
        return calls.ask(() ->
                operations.find(id, HISTORY).map(TasksConsole::text).orElse("No task has the id \"" + id + "\"."));
    }

    @Override
    public String retry(String id) {
        return text(calls.change(by -> operations.retryNow(id, by)));
    }

    @Override
    public String revoke(String id) {
        return text(calls.change(by -> operations.revoke(id, by)));
    }

    @Override
    public String pause(String queue) {
        return ConsoleText.queue(calls.change(by -> operations.pause(queue, by)));
    }

    @Override
    public String resume(String queue) {
        return ConsoleText.queue(calls.change(by -> operations.resume(queue, by)));
    }

    @Override
    public String pauseSchedule(String schedule) {
        return ConsoleText.schedule(calls.change(by -> schedules.pause(schedule, by)));
    }

    @Override
    public String resumeSchedule(String schedule) {
        return ConsoleText.schedule(calls.change(by -> schedules.resume(schedule, by)));
    }

    @Override
    public String runSchedule(String schedule) {
        return calls.change(by -> schedules.runNow(schedule, by));
    }

    @Override
    public String pauseHandler(String task) {
        return ConsoleText.hold(calls.change(by -> operations.pauseHandler(task, by)));
    }

    @Override
    public String resumeHandler(String task) {
        return ConsoleText.hold(calls.change(by -> operations.resumeHandler(task, by)));
    }

    @Override
    public String serve(String queues) {
        List<String> names = Arrays.stream(queues.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
        calls.change(by -> {
            NodeSettings settings = node.settings(node.name()).queues(names.isEmpty() ? null : names);
            node.configure(node.name(), settings, by);
            return null;
        });
        return names.isEmpty()
                ? "Node " + node.name() + " serves the queues of its configuration."
                : "Node " + node.name() + " serves the queues " + String.join(", ", names) + ".";
    }

    /**
     * Returns a task as REST shows it, short enough for a console: a large argument or result is cut to its beginning.
     */
    static String text(TaskInfo task) {
        return JsonAnswer.pretty(TaskDetailJson.of(task, MAX_CHARS));
    }

    @Override
    public String concurrency(int tasks) {
        calls.change(by -> {
            node.concurrency(node.name(), tasks, by);
            return null;
        });
        return "Node " + node.name() + " runs at most " + node.concurrency() + " tasks at once.";
    }

    private static String[] and(String[] lines, String last) {
        String[] more = Arrays.copyOf(lines, lines.length + 1);
        more[lines.length] = last;
        return more;
    }

    private static <T> String[] lines(List<T> things, Function<T, String> line) {
        return things.stream().map(line).toArray(String[]::new);
    }
}
