package dev.errand.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One JMS message: tasks that can start now. There is more than one where a commit costs more than the tasks do.
 *
 * @param tasks at least one; all of one priority
 */
public record Bundle(List<TaskMessage> tasks) {
    /** Some brokers keep a property in at most 65,535 bytes. */
    static final int MAX_CHARS = 60_000;

    /** When the first lease ends, in milliseconds. */
    public long leaseEnd() {
        return tasks.stream().mapToLong(TaskMessage::leaseEnd).min().orElseThrow();
    }

    /** As properties, so that an administrator can read it in the server's console: a task a line, its run, id and name. */
    void writeTo(Message message) throws JMSException {
        message.setStringProperty("tasks", tasks.stream().map(Bundle::line).collect(Collectors.joining("\n")));
        message.setLongProperty("leaseEnd", leaseEnd());
    }

    private static String line(TaskMessage task) {
        return task.run() + " " + task.id() + " " + task.task();
    }

    /** How much of {@link #MAX_CHARS} it takes. */
    static int chars(TaskMessage task) {
        return line(task).length() + 1;
    }

    /** @throws JMSException if it is no message of ours: somebody else wrote to our queue */
    public static Bundle read(Message message) throws JMSException {
        String tasks = message.getStringProperty("tasks");
        if (tasks == null || !message.propertyExists("leaseEnd")) {
            throw new JMSException("tasks or leaseEnd is missing");
        }
        int priority = message.getJMSPriority();
        long leaseEnd = message.getLongProperty("leaseEnd");
        return new Bundle(
                tasks.lines().map(line -> task(line, priority, leaseEnd)).toList());
    }

    private static TaskMessage task(String line, int priority, long leaseEnd) {
        // neither an id nor a name has a blank in it
        String[] parts = line.split(" ");
        if (parts.length != 3) {
            throw new IllegalArgumentException("\"" + line + "\" is not a run, an id and a name");
        }
        return new TaskMessage(parts[1], Integer.parseInt(parts[0]), parts[2], priority, leaseEnd);
    }
}
