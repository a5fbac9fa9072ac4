package dev.errand.schedule;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.cron.Firing;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.send.ScheduledTasks;
import dev.errand.send.ScheduledTasks.Order;
import dev.errand.store.ScheduleRecords;
import dev.errand.store.ScheduleRow;
import dev.errand.store.ScheduleRow.Course;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The transaction in which schedules fire: it moves each due schedule to its next instant, and inserts the tasks of the instants
 * before. Both become visible together, or neither does; so each instant gets one task, whatever node dies. Nodes that fire at
 * the same moment take different schedules.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ScheduleFiring {
    /** The wait before the next look at a schedule that this node cannot read. */
    private static final long UNREADABLE_MILLIS = 60_000;

    @Inject
    ScheduleRecords records;

    @Inject
    ScheduledTasks tasks;

    @Inject
    AfterCommit afterCommit;

    @Inject
    @EngineClock
    Clock clock;

    /** Returns the time of the first look at a schedule, in milliseconds. */
    public OptionalLong first() {
        return records.firstWake();
    }

    /**
     * Fires due schedules.
     *
     * @return the number of schedules that were due, at most {@code limit}
     */
    public int fire(int limit) {
        Instant now = clock.instant();
        List<ScheduleRow> due = records.lockDue(now.toEpochMilli(), limit);
        if (due.isEmpty()) {
            return 0;
        }
        Map<String, TaskState> states = records.states(due.stream()
                .map(row -> row.course().lastTask())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Set<String> paused = records.pausedQueues();
        List<Order> orders = new ArrayList<>();
        for (ScheduleRow row : due) {
            try {
                orders.addAll(fire(row, states.get(row.course().lastTask()), paused, now));
            } catch (DateTimeException | InvalidValueException e) {
                // another node may know its zone
                records.wakeLater(row, now.toEpochMilli() + UNREADABLE_MILLIS);
                LogMessage.SCHEDULE_UNREADABLE.log(row.name(), e.getMessage());
            }
        }
        tasks.insert(free(orders));
        return due.size();
    }

    private List<Order> fire(ScheduleRow row, TaskState last, Set<String> paused, Instant now) {
        Course before = row.course();
        Firing firing = Firing.decide(
                new Firing.State(
                        Terms.timing(row.terms()),
                        row.terms().misfire(),
                        row.terms().overlap(),
                        Instant.ofEpochMilli(before.nextAt()),
                        row.waited(),
                        last != null && !last.finished(),
                        last == TaskState.PARKED
                                || paused.contains(tasks.queue(
                                        row.terms().task(), row.terms().queue()))
                                || !tasks.isRunnable(row.terms().task())),
                now);
        List<Order> orders = firing.fired().stream()
                .map(instant -> order(row, id(row.name(), instant), delay(row)))
                .toList();
        Course after = new Course(
                millis(firing.next()),
                millis(firing.lookAt()),
                before.lastAt(),
                before.lastTask(),
                before.skipped(),
                before.skippedAt());
        if (!orders.isEmpty()) {
            Instant lastFired = firing.fired().get(firing.fired().size() - 1);
            after = after.last(lastFired.toEpochMilli(), id(row.name(), lastFired));
        }
        if (firing.skipped() > 0) {
            after = after.skipped(firing.skipped(), firing.lastSkipped().toEpochMilli());
            afterCommit.then(() -> LogMessage.SCHEDULE_SKIPPED.logAtMostOnceAMinute(
                    row.name(), firing.lastSkipped(), before.lastTask(), last));
        }
        if (firing.missed()) {
            afterCommit.then(() -> LogMessage.SCHEDULE_MISSED.log(
                    row.name(),
                    Instant.ofEpochMilli(before.nextAt()),
                    row.terms().misfire(),
                    firing.fired()));
        }
        return records.move(row, after) ? orders : List.of();
    }

    /** Returns the id of the task of an instant. */
    static String id(String schedule, Instant instant) {
        return schedule + "@" + instant;
    }

    static Order order(ScheduleRow row, String id, long delayMillis) {
        return new Order(
                id,
                row.name(),
                row.terms().task(),
                row.terms().argument(),
                row.terms().queue(),
                row.terms().priority(),
                delayMillis);
    }

    private static long delay(ScheduleRow row) {
        Long jitter = row.terms().jitter();
        return jitter == null ? 0 : ThreadLocalRandom.current().nextLong(jitter + 1);
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Leaves out the instants that have a task already: of a schedule that was removed and added again, or that a user sent. */
    private List<Order> free(List<Order> orders) {
        Set<String> taken = new HashSet<>(
                records.states(orders.stream().map(Order::id).toList()).keySet());
        return orders.stream().filter(order -> !taken.contains(order.id())).toList();
    }
}
