package dev.errand.schedule;

import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.FiringHint;
import dev.errand.queue.TaskMessage;
import dev.errand.send.ScheduledTasks;
import dev.errand.store.NodeRecords;
import dev.errand.store.ScheduleRecords;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The transactions of schedules without a container, for a test that brings the tables. */
public final class Schedules {
    private Schedules() {}

    /** @param insert writes the tasks */
    public static ScheduleFiring firing(
            ScheduleRecords records, Clock clock, Consumer<List<ScheduledTasks.Order>> insert) {
        ScheduleFiring firing = new ScheduleFiring();
        firing.records = records;
        firing.clock = clock;
        firing.tasks = tasks(insert);
        firing.afterCommit = silent();
        return firing;
    }

    public static ScheduleTransaction calls(
            ScheduleRecords records, NodeRecords nodes, Clock clock, Consumer<List<ScheduledTasks.Order>> insert) {
        ScheduleTransaction calls = new ScheduleTransaction();
        calls.records = records;
        calls.nodes = nodes;
        calls.clock = clock;
        calls.tasks = tasks(insert);
        calls.afterCommit = silent();
        calls.hint = new FiringHint();
        calls.config = config(Map.of());
        return calls;
    }

    public static CodeTransaction code(ScheduleRecords records, String node) {
        CodeTransaction code = new CodeTransaction();
        code.records = records;
        code.afterCommit = silent();
        code.hint = new FiringHint();
        code.config = config(Map.of("errand.node", node));
        return code;
    }

    public static String hash(Map<String, dev.errand.store.ScheduleRow.Terms> terms) {
        return CodeSchedules.hash(terms);
    }

    private static ErrandConfig config(Map<String, String> values) {
        return new ConfigReader(key -> Optional.ofNullable(values.get(key))).read();
    }

    private static ScheduledTasks tasks(Consumer<List<ScheduledTasks.Order>> insert) {
        return new ScheduledTasks() {
            @Override
            public void insert(List<Order> orders) {
                insert.accept(orders);
            }

            @Override
            public String queue(String task, String queue) {
                return queue == null ? "default" : queue;
            }

            @Override
            public boolean isRunnable(String task) {
                return !task.equals("unknown");
            }
        };
    }

    private static AfterCommit silent() {
        return new AfterCommit() {
            @Override
            public void then(Runnable line) {
                line.run();
            }

            @Override
            public void publish(List<TaskMessage> messages, Long wakeAt) {
                // no sweep listens
            }
        };
    }
}
