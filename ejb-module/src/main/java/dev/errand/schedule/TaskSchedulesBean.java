package dev.errand.schedule;

import dev.errand.api.Schedule;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskSchedules;
import dev.errand.config.EngineClock;
import dev.errand.send.CurrentUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@link TaskSchedules} under the caller's name. */
@ApplicationScoped
public class TaskSchedulesBean implements TaskSchedules {
    @Inject
    private ScheduleOperations operations;

    @Inject
    private CurrentUser caller;

    @Inject
    @EngineClock
    private Clock clock;

    @Override
    public ScheduleInfo put(Schedule schedule) {
        return operations.put(schedule, caller.name());
    }

    @Override
    public Optional<ScheduleInfo> find(String name) {
        return operations.find(name);
    }

    @Override
    public List<ScheduleInfo> list() {
        return operations.list();
    }

    @Override
    public boolean remove(String name) {
        return operations.remove(name, caller.name());
    }

    @Override
    public ScheduleInfo pause(String name) {
        return operations.pause(name, caller.name());
    }

    @Override
    public ScheduleInfo resume(String name) {
        return operations.resume(name, caller.name());
    }

    @Override
    public String runNow(String name) {
        return operations.runNow(name, caller.name());
    }

    @Override
    public List<Instant> preview(String cron, ZoneId zone, int count) {
        return operations.preview(cron, zone, count, clock.instant());
    }
}
