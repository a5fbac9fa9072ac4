package dev.errand.store;

import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.ScheduleInfo.Origin;

/**
 * A row of a schedule. Immutable. Times are milliseconds.
 *
 * @param application the application of a schedule from the code; '' otherwise
 * @param pause null if it is not paused
 * @param version the number of changes so far, which guards each further one
 */
public record ScheduleRow(
        String name, Origin origin, String application, Terms terms, Pause pause, Course course, int version) {

    /**
     * The definition.
     *
     * @param cron null for an interval
     * @param everySeconds null for a cron expression
     * @param zone the name of the zone, which this Java may not know
     * @param argument JSON, or null
     */
    public record Terms(
            String task,
            String cron,
            Long everySeconds,
            String zone,
            String argument,
            String queue,
            Integer priority,
            Misfire misfire,
            Overlap overlap,
            Long from,
            Long until,
            Long jitter) {
        /** Returns whether the instants are those of other terms. */
        public boolean hasTimesOf(Terms other) {
            return times().equals(other.times());
        }

        private Terms times() {
            return new Terms(null, cron, everySeconds, zone, null, null, null, null, null, from, until, null);
        }
    }

    /** @param by the user that paused it, or null */
    public record Pause(String by, long at) {}

    /**
     * The state.
     *
     * @param nextAt the next instant; also of a paused schedule, for which it is the last one that was computed
     * @param wakeAt the time of the next look; null if it is paused or has ended
     * @param lastAt the last instant that got a task
     * @param lastTask the id of that task, or of a later one on demand
     * @param skipped the number of instants without a task, because the last task was not finished
     * @param skippedAt the last of them
     */
    public record Course(Long nextAt, Long wakeAt, Long lastAt, String lastTask, long skipped, Long skippedAt) {
        /** The state of a schedule that has never fired. */
        public static final Course NEW = new Course(null, null, null, null, 0, null);

        /** @param at null if the schedule has ended */
        public Course next(Long at) {
            return new Course(at, at, lastAt, lastTask, skipped, skippedAt);
        }

        public Course wake(Long at) {
            return new Course(nextAt, at, lastAt, lastTask, skipped, skippedAt);
        }

        public Course last(Long at, String task) {
            return new Course(nextAt, wakeAt, at, task, skipped, skippedAt);
        }

        public Course skipped(int more, long at) {
            return new Course(nextAt, wakeAt, lastAt, lastTask, skipped + more, at);
        }
    }

    public ScheduleRow terms(Terms changed) {
        return new ScheduleRow(name, origin, application, changed, pause, course, version);
    }

    public ScheduleRow origin(Origin changed, String ofApplication) {
        return new ScheduleRow(name, changed, ofApplication, terms, pause, course, version);
    }

    /** @param changed null to resume */
    public ScheduleRow pause(Pause changed) {
        return new ScheduleRow(name, origin, application, terms, changed, course, version);
    }

    public ScheduleRow course(Course changed) {
        return new ScheduleRow(name, origin, application, terms, pause, changed, version);
    }

    /** Returns whether an earlier look has found that the next instant must wait for the end of the last task. */
    public boolean waited() {
        return course.nextAt() != null && course.wakeAt() != null && course.wakeAt() > course.nextAt();
    }
}
