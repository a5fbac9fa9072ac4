package dev.errand.log;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The catalogue of log messages, by number. A number is never used again. 01 start and stop, 02 sending, 03 running, 04
 * recovering, 05 managing, 06 webhooks, 07 limits and
 * queues.
 */
public enum LogMessage {
    READY(101, Level.INFO, "Errand is ready: %s"),
    LOGIN(102, Level.INFO, "Log in as: %s"),
    LOADED(103, Level.INFO, "Tasks loaded: %d"),
    LOADED_TASK(104, Level.INFO, "  %s"),
    MIGRATED(105, Level.INFO, "The tables are at version %s (%d migrations run now)."),
    RELEASED(106, Level.INFO, "Node %s restarted: released %d tasks that it held; they run again."),
    UNPARKED(107, Level.INFO, "%d parked tasks have a handler now and will run."),
    STOPPED(108, Level.INFO, "Errand stops on node %s: released %d tasks that it held."),

    RELEASE_FAILED(109, Level.WARNING, "Could not release the tasks of this node (%s). The next start releases them."),

    DATABASE_AWAY(
            130,
            Level.WARNING,
            "The database of the datasource %s does not answer: tasks pause, sends are refused, nothing is lost. Errand"
                    + " asks it each second. The error: %s"),
    DATABASE_BACK(131, Level.INFO, "The database is back after %s; work continues."),
    START_FAILED(132, Level.SEVERE, "Errand does not start. %s"),
    CLOCK_SET(
            134,
            Level.WARNING,
            "The clock of this machine was set by %s. Forward: tasks due by then run now. Back: due tasks stay due."),
    WAITING_FOR_DATABASE(
            133,
            Level.WARNING,
            "The database of the datasource %s does not answer yet; the start waits for it, at most %s. The error: %s"),

    LOSING_H2(
            140,
            Level.WARNING,
            "The datasource has H2 %s, which loses a committed change now and then when another transaction rolls back. Replace"
                    + " its jar by errand-h2.jar (docs/install/h2.md), or use PostgreSQL or MariaDB."),
    TASKS_MOVED(
            160,
            Level.INFO,
            "The tasks %s belong to the application %s now, since no live node of the application %s has handlers for"
                    + " them. The waiting ones follow."),
    SENDER_ONLY(161, Level.INFO, "errand.role is sender: this node sends tasks only, and its %d handlers are ignored."),
    NODE_TWICE(
            162,
            Level.SEVERE,
            "Another node has started under the name %s. Each would release the other's tasks. Give one of the servers"
                    + " another errand.node, or one of the deployments another errand.application."),
    CONCURRENCY_KEPT(
            163,
            Level.INFO,
            "This node runs at most %d tasks at once, as an administrator has set it (PUT /tasks/api/nodes/%s), and not %d as"
                    + " errand.concurrency says."),
    DAMAGED(
            141,
            Level.SEVERE,
            "The row and the indexes of a task disagree, because H2 has lost a committed change: %s. The task stays as it is"
                    + " until it is repaired (docs/install/h2.md, \"Repair a damaged file\")."),
    NOT_CHECKED(
            142,
            Level.INFO,
            "The check of the tasks' rows and indexes is not complete: it takes more than %d s. The operation damaged of the"
                    + " MBean dev.errand:type=Tasks has no such limit."),

    NO_JMS(150, Level.INFO, "Tasks run on threads of this node, as with errand.dispatch=threads, because %s."),
    FEW_SESSIONS(
            151,
            Level.WARNING,
            "At most %d tasks run at once, fewer than errand.concurrency (%d): %s has no more. Raise it, or set errand.dispatch"
                    + " to threads."),
    FEW_CONNECTIONS(
            152,
            Level.WARNING,
            "The datasource %s has at most %d connections, too few for %d tasks at once (errand.concurrency): tasks wait for a"
                    + " connection, and senders may be refused. Raise its largest number of connections to %d."),

    PUBLISH_FAILED(
            201, Level.WARNING, "The JMS queue took no message (%s). The tasks wait in the database; trying again."),

    PUBLISHED_AGAIN(202, Level.INFO, "The JMS queue takes messages again."),

    SCHEDULES_OF_CODE(210, Level.INFO, "The code of the application %s has these schedules now: %s."),
    SCHEDULES_OF_NEWER_CODE(
            211,
            Level.WARNING,
            "The schedules of this node's code are those of an earlier version: the ones of the newer version stay as long as"
                    + " a node has it: %s."),
    SCHEDULE_TAKEN_OVER(
            212,
            Level.WARNING,
            "The code has a schedule with the name %s, which was that of %s before: the definition in the code counts now."),
    SCHEDULE_SKIPPED(
            213, Level.INFO, "Schedule %s sends no task for %s, because its last task %s is not finished (%s)."),
    SCHEDULE_MISSED(
            214,
            Level.INFO,
            "Schedule %s has missed instants since %s, because no node was at work; by its misfire rule %s, these fire: %s."),
    SCHEDULE_UNREADABLE(
            215,
            Level.SEVERE,
            "Schedule %s does not fire, because this node cannot read its times: %s. Trying again in a minute."),

    SCHEDULES_FAILED(216, Level.WARNING, "Firing schedules failed (%s). Trying again."),

    RETRYING(301, Level.INFO, "Task %s[%s] will be retried at %s (retry %d): %s"),
    FAILED(302, Level.WARNING, "Task %s[%s] failed: %s"),
    REVOKED(303, Level.INFO, "Task %s[%s] is revoked."),
    DISPATCH_FAILED(304, Level.WARNING, "Task %s[%s] could not be run or recorded (%s). It will be run again."),
    STALE(
            305,
            Level.WARNING,
            "Run %3$d of task %1$s[%2$s] ended after another node had taken the task over; its outcome is ignored."),
    UNREADABLE(306, Level.WARNING, "Ignored a message on the queue that is not a task: %s"),
    NO_HANDLER(
            307,
            Level.WARNING,
            "No handler for task '%s'[%s]. It is parked until one is deployed. Loaded on this node: %s."),
    PARKED_NAMES(
            308,
            Level.WARNING,
            "Tasks are PARKED, because no live node has a handler for them: %s. Deploy the handlers; or correct the name at the"
                    + " sender, and revoke the tasks."),
    NONE_PARKED(309, Level.INFO, "No task is PARKED any more."),
    LEFT_DUE(
            310,
            Level.WARNING,
            "Short tasks stay due although transactions that run several of them begin and end: %s. They run one by one for a"
                    + " minute."),
    EXPIRED(315, Level.INFO, "Task %s[%s] expired at %s, before it ran, and is REVOKED."),
    PARKED_TOO_LONG(
            318,
            Level.WARNING,
            "Task %s[%s] was PARKED for longer than %s (errand.keep.parked), and is REVOKED: no node had a handler for it."),
    SNOOZED(316, Level.FINE, "Task %s[%s] runs again at %s, because its handler asked for it."),
    CANCELLED(317, Level.INFO, "Task %s[%s] is REVOKED by its handler: %s"),

    LOST(401, Level.WARNING, "Node %3$s went away or stopped while it ran task %1$s[%2$s]; it will be run again."),
    POISON(
            402,
            Level.SEVERE,
            "Task %s[%s] was running each of the %d times that its node went down; it is not run again."),
    SWEEP_FAILED(403, Level.WARNING, "Looking for due tasks failed (%s). Trying again."),
    HEARTBEAT_FAILED(404, Level.WARNING, "The heartbeat of running tasks failed (%s). Trying again."),
    PRUNED(405, Level.INFO, "%d old tasks in state %s are pruned."),
    TIMER_FAILED(
            410,
            Level.WARNING,
            "The timer '%s' did not fire or could not be set (%s). Its work is done without it, and it is set again."),
    WATCH_FAILED(412, Level.WARNING, "A part of the node could not be watched (%s). Trying again."),
    THREAD_ENDED(411, Level.WARNING, "The thread '%s' of this node has ended. Another one takes its place."),
    PRUNE_FAILED(406, Level.WARNING, "Pruning old tasks failed (%s). Trying again."),
    QUEUES_PRUNED(407, Level.INFO, "Removed %d queues that are not used from the list of queues."),

    NO_MBEAN(501, Level.WARNING, "The MBean %s cannot be registered (%s). Errand runs without it."),
    MBEAN_LEFT(502, Level.WARNING, "The MBean %s cannot be removed (%s)."),
    TOO_MANY_QUEUES(
            503,
            Level.WARNING,
            "There are %d queues; only %d of them have an MBean. REST shows and steers all of them."),

    SENT_BY(Log.AUDIT, 510, Level.FINE, "Task %s[%s] was sent by %s."),
    REVOKED_BY(Log.AUDIT, 511, Level.INFO, "Task %s was revoked by %s."),
    RETRIED_BY(Log.AUDIT, 512, Level.INFO, "Task %s was retried by %s."),
    CHANGED_BY(Log.AUDIT, 515, Level.INFO, "Task %s was changed by %s."),
    DELETED_BY(Log.AUDIT, 516, Level.INFO, "Task %s[%s] was deleted by %s."),
    PAUSED_BY(Log.AUDIT, 513, Level.INFO, "Queue %s was paused by %s."),
    RESUMED_BY(Log.AUDIT, 514, Level.INFO, "Queue %s was resumed by %s."),
    SCHEDULE_BY(Log.AUDIT, 530, Level.INFO, "Schedule %s was %s by %s."),

    QUEUES_KEPT(720, Level.INFO, "The node %s serves the queues %s, as an administrator has set it."),
    STUCK(
            721,
            Level.WARNING,
            "Task %s[%s] is still running %s after its time limit, although it was interrupted. It no longer takes a place from"
                    + " other tasks of this node. A thread dump shows what its handler waits for."),
    STUCK_ENDED(722, Level.INFO, "Task %s[%s], which was past its time limit, has ended."),
    FUSE_BLOWN(
            723,
            Level.WARNING,
            "The fuse of task %s has blown: %d runs within %s have failed with %s. Its tasks wait; one of them tries again in"
                    + " %s."),
    FUSE_PROBED(724, Level.INFO, "The fuse of task %s is tried with [%s]."),
    FUSE_STAYS(725, Level.WARNING, "The fuse of task %s stays blown: [%s] has failed with %s. The next try is in %s."),
    FUSE_CLOSED(726, Level.INFO, "The fuse of task %s is closed, because [%s] has succeeded. The waiting tasks run."),
    FUSE_FAILED(
            727,
            Level.WARNING,
            "A failure of a task with a fuse could not be counted (%s). The fuse blows later than it should."),
    HANDLER_BY(Log.AUDIT, 728, Level.INFO, "Task name %s was %s by %s."),
    SETTINGS_BY(Log.AUDIT, 729, Level.INFO, "The settings of %s %s are %s, as set by %s."),

    CONCURRENCY_BY(Log.AUDIT, 520, Level.INFO, "Node %s runs at most %d tasks at once, as set by %s."),

    LIMIT_FAILED(
            710,
            Level.WARNING,
            "The places of a limit could not be freed or given on (%s). They are free when their leases end."),
    LIMIT_BY(Log.AUDIT, 711, Level.INFO, "Limit %s was %s by %s."),

    WEBHOOK_GONE(601, Level.INFO, "The webhook %s to %s is removed, because the receiver answered 410 Gone."),
    WEBHOOK_DISABLED(
            602,
            Level.WARNING,
            "The webhook %s to %s is disabled, because it has failed for %s or longer; nothing more is sent to it. The last"
                    + " error: %s"),
    NO_WEBHOOK_TABLES(
            603,
            Level.WARNING,
            "The tables of the webhooks cannot be made or checked (%s). Webhooks do not work; the next use tries again."),
    WEBHOOK_BY(Log.AUDIT, 610, Level.INFO, "The webhook %s to %s was %s by %s."),

    WORKFLOWS_FAILED(730, Level.WARNING, "Looking for steps of workflows that can start failed (%s). Trying again."),
    WAITS_FAILED(732, Level.WARNING, "Looking for tasks whose end is awaited failed (%s). Trying again."),
    WORKFLOW_BY(Log.AUDIT, 731, Level.INFO, "Workflow %s was %s by %s.");

    private static final long MINUTE = 60_000_000_000L;

    private final Logger logger;
    private final int number;
    private final Level level;
    private final String text;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - MINUTE);

    LogMessage(int number, Level level, String text) {
        this(Log.ENGINE, number, level, text);
    }

    LogMessage(Logger logger, int number, Level level, String text) {
        this.logger = logger;
        this.number = number;
        this.level = level;
        this.text = text;
    }

    public String code() {
        return String.format(Locale.ROOT, "ERRAND-%04d", number);
    }

    /** Returns a caller's name, which may be null, as a value for a message. */
    public static String nameOf(String name) {
        return name == null ? "a caller without log-in" : name;
    }

    public boolean isEnabled() {
        return logger.isLoggable(level);
    }

    public void log(Object... values) {
        if (isEnabled()) {
            logger.log(level, code() + " " + Printable.of(String.format(Locale.ROOT, text, values)));
        }
    }

    /** Logs at most one line per minute, for an error that may repeat, for example while the database is away. */
    public void logAtMostOnceAMinute(Object... values) {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before >= MINUTE && last.compareAndSet(before, now)) {
            log(values);
        }
    }

    /** The loggers, in a class of their own because the constants of an enum are made before its static fields. */
    private static final class Log {
        static final Logger ENGINE = Logger.getLogger("dev.errand");

        /** A logger of its own, so that an administrator can write it to a file of its own. */
        static final Logger AUDIT = Logger.getLogger("dev.errand.audit");
    }
}
