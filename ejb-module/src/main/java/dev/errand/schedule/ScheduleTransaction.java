package dev.errand.schedule;

import dev.errand.api.AuditAction;
import dev.errand.api.NotFoundException;
import dev.errand.api.Schedule;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.ScheduleInfo.Origin;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.FiringHint;
import dev.errand.send.ScheduledTasks;
import dev.errand.store.NodeRecords;
import dev.errand.store.ScheduleRecords;
import dev.errand.store.ScheduleRow;
import dev.errand.store.ScheduleRow.Course;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls of users on the table, in the caller's transaction, or in one of their own if there is none. Methods that change
 * something take the name of the user, or null, for the audit.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ScheduleTransaction {
    @Inject
    ScheduleRecords records;

    @Inject
    NodeRecords nodes;

    @Inject
    ScheduledTasks tasks;

    @Inject
    AfterCommit afterCommit;

    @Inject
    FiringHint hint;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    public ScheduleInfo put(Schedule schedule, String by) {
        Instant now = clock.instant();
        ScheduleRow.Terms terms = Terms.of(schedule, config.argumentMaxBytes());
        Terms.timing(terms).first(now);
        ScheduleRow added =
                Steps.begin(new ScheduleRow(schedule.name(), Origin.API, "", terms, null, Course.NEW, 0), now);
        if (records.find(schedule.name()).isPresent() || !records.insert(added)) {
            ScheduleRow row = lock(schedule.name());
            if (row.origin() == Origin.CODE) {
                throw new TaskStateException(
                        "The schedule \"" + row.name() + "\" is from the code of the application \"" + row.application()
                                + "\". Change its @Periodic, or pause it and put one with another name.");
            }
            ScheduleRow changed = Steps.change(row, terms, now);
            if (changed.equals(row)) {
                return info(row);
            }
            records.save(changed);
        }
        return noted(schedule.name(), null, AuditAction.PUT, "written", by);
    }

    public Optional<ScheduleInfo> find(String name) {
        return records.find(name).map(this::info);
    }

    public List<ScheduleInfo> list() {
        List<ScheduleRow> rows = records.all();
        Set<String> runnable = rows.isEmpty() ? Set.of() : runnable();
        return rows.stream()
                .map(row -> Views.info(row, runnable.contains(row.terms().task()), config.mask()))
                .toList();
    }

    public boolean remove(String name, String by) {
        Optional<ScheduleRow> row = records.lock(name);
        if (row.isEmpty()) {
            return false;
        }
        if (row.get().origin() == Origin.CODE) {
            throw new TaskStateException("The schedule \"" + name + "\" is from the code of the application \""
                    + row.get().application() + "\", whose next deployment would add it again. Pause it, or remove its"
                    + " @Periodic.");
        }
        records.delete(name);
        note(name, null, AuditAction.REMOVE, "removed", by);
        return true;
    }

    public ScheduleInfo pause(String name, String by) {
        ScheduleRow row = lock(name);
        if (row.pause() != null) {
            return info(row);
        }
        records.save(Steps.pause(row, by, clock.instant()));
        return noted(name, null, AuditAction.PAUSE, "paused", by);
    }

    public ScheduleInfo resume(String name, String by) {
        ScheduleRow row = lock(name);
        if (row.pause() == null) {
            return info(row);
        }
        records.save(Steps.resume(row, clock.instant()));
        return noted(name, null, AuditAction.RESUME, "resumed", by);
    }

    public String runNow(String name, String by) {
        ScheduleRow row = lock(name);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // an instant of the schedule is a whole second, and keeps its id for the schedule
        Instant at = now.getNano() == 0 ? now.plusMillis(1) : now;
        String last = row.course().lastTask();
        Map<String, TaskState> states = records.states(
                last == null ? List.of(ScheduleFiring.id(name, at)) : List.of(ScheduleFiring.id(name, at), last));
        while (states.containsKey(ScheduleFiring.id(name, at))) {
            at = at.plusMillis(at.getNano() == 999_000_000 ? 2 : 1);
            states.putAll(records.states(List.of(ScheduleFiring.id(name, at))));
        }
        String id = ScheduleFiring.id(name, at);
        tasks.insert(List.of(ScheduleFiring.order(row, id, 0)));
        TaskState state = last == null ? null : states.get(last);
        if (state == null || state.finished()) {
            // the next instant must see it; it need not see a task that ends before the last one
            records.save(row.course(row.course().last(row.course().lastAt(), id)));
        }
        note(name, id, AuditAction.RUN, "run", by);
        return id;
    }

    private ScheduleRow lock(String name) {
        return records.lock(name)
                .orElseThrow(() -> new NotFoundException("There is no schedule \"" + name + "\". Known: "
                        + records.all().stream()
                                .map(ScheduleRow::name)
                                .limit(20)
                                .toList() + "."));
    }

    private ScheduleInfo noted(String name, String taskId, AuditAction action, String done, String by) {
        note(name, taskId, action, done, by);
        ScheduleRow row = records.find(name).orElseThrow();
        Long wakeAt = row.course().wakeAt();
        if (wakeAt != null) {
            afterCommit.then(() -> hint.at(wakeAt));
            afterCommit.publish(List.of(), wakeAt);
        }
        return info(row);
    }

    private void note(String name, String taskId, AuditAction action, String done, String by) {
        records.audit(name, taskId, action, by, clock.millis());
        afterCommit.then(() -> LogMessage.SCHEDULE_BY.log(name, done, LogMessage.nameOf(by)));
    }

    private ScheduleInfo info(ScheduleRow row) {
        return Views.info(row, runnable().contains(row.terms().task()), config.mask());
    }

    /** Returns the tasks for which a live node has a handler. */
    private Set<String> runnable() {
        long now = clock.millis();
        return nodes.nodes().stream()
                .filter(node -> node.isLive(now) && !node.sender())
                .flatMap(node -> node.handlers().stream())
                .collect(Collectors.toSet());
    }
}
