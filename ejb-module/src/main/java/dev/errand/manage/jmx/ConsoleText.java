package dev.errand.manage.jmx;

import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.LimitInfo;
import dev.errand.api.ProblemInfo;
import dev.errand.api.QueueInfo;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskInfo;
import dev.errand.json.Instants;
import dev.errand.log.LogMessage;
import dev.errand.log.Printable;

/** A task, a queue, a schedule or a handler as one line for people. Pure. */
final class ConsoleText {
    private ConsoleText() {}

    static String running(TaskInfo task) {
        return "%s %s  queue %s, on %s since %s%s"
                .formatted(
                        task.id(),
                        task.task(),
                        task.queue(),
                        task.node(),
                        Instants.text(task.startedAt()),
                        progress(task.progress()));
    }

    private static String progress(TaskInfo.Progress progress) {
        if (progress == null) {
            return "";
        }
        String total = progress.total() == 0 ? "" : " of " + progress.total();
        String message = progress.message() == null ? "" : ": " + Printable.of(progress.message());
        return ", done " + progress.done() + total + message;
    }

    static String failure(TaskInfo task) {
        TaskInfo.TaskError error = task.error();
        return "%s %s  ended %s after %d retries: %s"
                .formatted(
                        task.id(),
                        task.task(),
                        Instants.text(task.finishedAt()),
                        task.retries(),
                        error == null ? "no error" : error.type() + ": " + Printable.of(error.message()));
    }

    static String queue(QueueInfo queue) {
        String paused = queue.paused()
                ? ", PAUSED since %s by %s"
                        .formatted(Instants.text(queue.pausedAt()), LogMessage.nameOf(queue.pausedBy()))
                : "";
        return "%s  pending %d, due %d, running %d%s"
                .formatted(queue.name(), queue.pending(), queue.due(), queue.running(), paused);
    }

    static String schedule(ScheduleInfo schedule) {
        String times = schedule.cron() == null ? "every " + schedule.every() : schedule.cron() + " " + schedule.zone();
        String paused = schedule.paused()
                ? ", PAUSED since %s by %s"
                        .formatted(Instants.text(schedule.pausedAt()), LogMessage.nameOf(schedule.pausedBy()))
                : "";
        String problem = schedule.problem() == null ? "" : ". " + Printable.of(schedule.problem());
        return "%s  %s, %s, next %s, last %s%s%s"
                .formatted(
                        schedule.name(),
                        schedule.task(),
                        times,
                        Instants.text(schedule.next()),
                        Instants.text(schedule.last()),
                        paused,
                        problem);
    }

    static String limit(LimitInfo limit) {
        String changed = limit.changedAt() == null
                ? ""
                : ", changed at %s by %s"
                        .formatted(Instants.text(limit.changedAt()), LogMessage.nameOf(limit.changedBy()));
        return "%s  rate %s, concurrency %s%s, %d running, %d waiting%s"
                .formatted(
                        limit.name(),
                        limit.rate() == null ? "-" : limit.rate(),
                        limit.concurrency() == null ? "-" : limit.concurrency(),
                        limit.by() == null ? "" : " by " + limit.by(),
                        limit.running(),
                        limit.waiting(),
                        changed);
    }

    static String handler(HandlerInfo handler) {
        return "%s  %s, module %s, queue %s%s"
                .formatted(handler.task(), handler.handler(), handler.module(), handler.queue(), waits(handler.hold()));
    }

    static String hold(HandlerHold hold) {
        return hold.task() + (waits(hold).isEmpty() ? "  runs" : waits(hold));
    }

    private static String waits(HandlerHold hold) {
        String paused = hold.paused()
                ? ", PAUSED since %s by %s"
                        .formatted(Instants.text(hold.pausedAt()), LogMessage.nameOf(hold.pausedBy()))
                : "";
        return hold.fuse() == null
                ? paused
                : paused
                        + ", fuse BLOWN since %s by %s, next try %s"
                                .formatted(
                                        Instants.text(hold.fuse().at()),
                                        hold.fuse().error(),
                                        Instants.text(hold.fuse().probeAt()));
    }

    static String problem(ProblemInfo problem) {
        return problem.kind() + ": " + Printable.of(problem.message()) + " " + Printable.of(problem.remedy());
    }
}
