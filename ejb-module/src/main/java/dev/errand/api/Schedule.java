package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The definition of a schedule, for {@link TaskSchedules#put}:
 * {@code Schedule.named("sync-17").task("crm.sync").argument(17).every(Duration.ofMinutes(15))}. Immutable: each call returns a
 * changed copy. A value out of its range is refused here, with an {@link InvalidValueException}; the cron expression is checked
 * by {@link TaskSchedules#put}.
 *
 * @param name 1 to 200 visible ASCII characters
 * @param task the name of the task; no node needs to have it yet
 * @param argument the argument of each task: anything that can be written as JSON, as for {@link TaskSender}
 * @param cron a cron expression; null if the schedule has an interval
 * @param every a fixed interval in whole seconds; null if the schedule has a cron expression
 * @param zone the zone of the cron expression; default UTC, as in Celery
 * @param queue the queue of each task; null: the handler's
 * @param priority 0 (lowest) to 9 (highest); null: the handler's
 * @param misfire the treatment of instants at which no node was at work
 * @param overlap the treatment of an instant that comes while the last task is not finished
 * @param from the first instant at which it may fire; null: no limit
 * @param until the last instant at which it may fire; null: no limit
 * @param jitter the longest random delay of each task; null: none
 */
public record Schedule(
        String name,
        String task,
        Object argument,
        String cron,
        Duration every,
        ZoneId zone,
        String queue,
        Integer priority,
        Misfire misfire,
        Overlap overlap,
        Instant from,
        Instant until,
        Duration jitter) {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(36_525);

    /** Checks each value; null stands for the default, except for the name. */
    public Schedule {
        Checks.name("name", name, 200);
        if (name.equals("preview")) {
            throw new InvalidValueException(
                    "name", "The name \"preview\" is that of a call over REST. Use another one.");
        }
        if (task != null) {
            Checks.name("task", task, 255);
        }
        if (every != null) {
            checkEvery(every);
        }
        if (queue != null) {
            Checks.queue(queue);
        }
        if (priority != null) {
            Checks.priority(priority);
        }
        if (from != null) {
            Checks.instant("from", from);
        }
        if (until != null) {
            Checks.instant("until", until);
        }
        if (jitter != null) {
            Checks.duration("jitter", jitter);
        }
        zone = zone == null ? UTC : zone;
        misfire = misfire == null ? Misfire.ONCE : misfire;
        overlap = overlap == null ? Overlap.SKIP : overlap;
    }

    private static void checkEvery(Duration every) {
        if (every.compareTo(Duration.ofSeconds(1)) < 0
                || every.compareTo(LONGEST_INTERVAL) > 0
                || every.getNano() != 0) {
            throw new InvalidValueException(
                    "every", "every " + every + " is not a whole number of seconds between 1 second and 100 years.");
        }
    }

    /** Begins the definition of a schedule. */
    public static Schedule named(String name) {
        return new Schedule(name, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    public Schedule task(String task) {
        Checks.present("task", task);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    /** Sets the task by the class of its handler, and its argument. */
    public <A> Schedule task(Class<? extends TaskHandler<A, ?>> handler, A argument) {
        Task annotation = handler.getAnnotation(Task.class);
        if (annotation == null) {
            throw new InvalidValueException(
                    "task",
                    "The class " + handler.getName() + " has no name. Annotate it with @Task(\"NAME.function\").");
        }
        return task(annotation.value()).argument(argument);
    }

    public Schedule argument(Object argument) {
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    /**
     * Sets the cron expression: five fields (minute, hour, day of the month, month, day of the week), or six with a second in
     * front. Names ({@code MON}, {@code JAN}), lists, ranges and steps; {@code L}, {@code L-3}, {@code 15W}, {@code LW} for the
     * day of the month; {@code FRIL}, {@code MON#1} for the day of the week; {@code @yearly}, {@code @annually},
     * {@code @monthly}, {@code @weekly}, {@code @daily}, {@code @midnight}, {@code @hourly}. If both days are restricted, a day
     * that matches one of them is enough, as in cron.
     *
     * <p>The fields are a time on the clock in the zone, and each time on that clock fires once. A time that the clock leaves
     * out in spring fires at the first instant after the gap. A time that it shows twice in autumn fires at the first of both:
     * a pattern such as <code>*&#47;15 * * * *</code> pauses in the second of both hours. An interval ({@link #every}) does not.
     */
    public Schedule cron(String cron) {
        Checks.present("cron", cron);
        return new Schedule(
                name, task, argument, cron, null, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    /**
     * Sets the interval. The first instant is {@link #from}, or one interval after the call of {@link TaskSchedules#put}; each
     * further one is one interval after the one before, whenever its task runs.
     */
    public Schedule every(Duration every) {
        Checks.present("every", every);
        return new Schedule(
                name, task, argument, null, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule zone(ZoneId zone) {
        Checks.present("zone", zone);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule queue(String queue) {
        Checks.present("queue", queue);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule priority(int priority) {
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule misfire(Misfire misfire) {
        Checks.present("misfire", misfire);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule overlap(Overlap overlap) {
        Checks.present("overlap", overlap);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule from(Instant from) {
        Checks.present("from", from);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule until(Instant until) {
        Checks.present("until", until);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }

    public Schedule jitter(Duration jitter) {
        Checks.present("jitter", jitter);
        return new Schedule(
                name, task, argument, cron, every, zone, queue, priority, misfire, overlap, from, until, jitter);
    }
}
