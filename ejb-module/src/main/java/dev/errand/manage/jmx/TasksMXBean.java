package dev.errand.manage.jmx;

import dev.errand.manage.CachedFigures;
import java.util.Map;

/** All tasks, on all nodes that share the database. */
@Described("Errand's tasks: how many there are, which run and which failed; look at one, retry it, revoke it."
        + " Figures may be " + CachedFigures.KEEP_SECONDS + " seconds old, and older if counting takes long.")
public interface TasksMXBean {
    @Described("This node's name (errand.node).")
    String getNode();

    @Described("The way of tasks to handlers on this node: jms or threads (errand.dispatch).")
    String getDispatch();

    @Described("The number of tasks that this node runs at once (errand.concurrency).")
    long getConcurrency();

    @Described("The number of tasks in each state.")
    Map<String, Long> getCounts();

    @Described(
            "The tasks that run now, on all nodes, the newest first and at most 100: id, task, queue, node, time of the"
                    + " start, progress. A transactional task is listed once it lasts longer than a second.")
    String[] getRunning();

    @Described("The first 1,000 queues: tasks pending, due and running, and whether the queue is paused.")
    String[] getQueues();

    @Described("The tasks loaded on this node: name, class, module, queue.")
    String[] getHandlers();

    @Described("The schedules: name, task, times, next and last instant, whether it is paused, its problem.")
    String[] getSchedules();

    @Described("The limits: name, rate and concurrency in force, places taken, tasks waiting, who has changed it.")
    String[] getLimits();

    @Described("The conditions that an operator should fix, each with its remedy.")
    String[] getProblems();

    @Described("The newest tasks that ended in FAILURE: id, task, when it ended, error.")
    String[] failures(@Described("the largest number of tasks, 1 to 1000") int limit);

    @Described(
            "Tasks whose row and indexes disagree, because H2 has lost a committed change: the first 1000, with both states."
                    + " Reads each row, which takes seconds per million. None on PostgreSQL and MariaDB.")
    String[] damaged();

    @Described(
            "The task with its newest 20 runs and 200 lines of its log, as JSON; large arguments and results are cut.")
    String find(@Described("the task's id") String id);

    @Described(
            value = "Runs a task now: one that waits in RETRY, or once more one that ended in FAILURE or REVOKED.",
            changes = true)
    String retry(@Described("the task's id") String id);

    @Described(
            value = "Revokes a task: a task that waits will not run, a task that runs is interrupted.",
            changes = true)
    String revoke(@Described("the task's id") String id);

    @Described(
            value = "Starts no more tasks of a queue, on any node, until it is resumed. Tasks that run continue.",
            changes = true)
    String pause(@Described("the queue's name; a queue without any task so far is allowed") String queue);

    @Described(value = "Lets the tasks of a queue run again.", changes = true)
    String resume(@Described("the queue's name") String queue);

    @Described(
            value = "Lets a schedule fire no more until it is resumed, also after a restart or a deployment.",
            changes = true)
    String pauseSchedule(@Described("the schedule's name") String schedule);

    @Described(value = "Lets a schedule fire again, from its next instant on.", changes = true)
    String resumeSchedule(@Described("the schedule's name") String schedule);

    @Described(value = "Sends a task of a schedule now, and returns its id.", changes = true)
    String runSchedule(@Described("the schedule's name") String schedule);

    @Described(
            value = "Changes a limit on all nodes, in place of the code's values, until it is set back.",
            changes = true)
    String changeLimit(
            @Described("the limit's name") String limit,
            @Described("the rate, such as 100/m; none for no limit of rate; empty for the rate in the code")
                    String rate,
            @Described("the concurrency, 1 to 10000; 0 for no limit of concurrency; -1 for the concurrency in the code")
                    int concurrency);

    @Described(value = "Sets a limit back to the values in the code.", changes = true)
    String setBackLimit(@Described("the limit's name") String limit);

    @Described(
            value = "Starts no more tasks of a name, on any node, until it is resumed. Tasks of other names run on.",
            changes = true)
    String pauseHandler(@Described("the task's name") String task);

    @Described(value = "Lets the tasks of a name run again, also if its fuse has blown.", changes = true)
    String resumeHandler(@Described("the task's name") String task);

    @Described(value = "Changes which queues this node serves, also after a restart.", changes = true)
    String serve(
            @Described("names separated by commas; * for all; empty for errand.queues and errand.queues.except")
                    String queues);

    @Described(
            value =
                    "Changes how many tasks this node runs at once, also after a restart. With JMS the server's sessions are a"
                            + " limit as well.",
            changes = true)
    String concurrency(@Described("the number of tasks, 1 to 1000") int tasks);
}
