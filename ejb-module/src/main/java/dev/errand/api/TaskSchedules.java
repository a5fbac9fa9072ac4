package dev.errand.api;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The schedules: tasks that are sent again and again. Inject it anywhere. Like {@link TaskSender} it needs no role, and each
 * call joins the caller's transaction, or is a transaction of its own; over REST, a change needs the role {@code errand-admin}.
 * Thread-safe.
 *
 * <p>A schedule fires at its instants. Each instant gets one task in the whole cluster, with the id {@code NAME@INSTANT}
 * ("reports.nightly@2026-11-29T01:30:00Z"): the insertion of the task and the step to the next instant are one transaction. The
 * {@link Misfire} rule decides about instants at which no node was at work, the {@link Overlap} rule about instants that come
 * while the last task is not finished.
 */
public interface TaskSchedules {

    /**
     * Adds a schedule, or changes the one of that name. A pause stays. The next instant is computed again only if the times
     * changed.
     *
     * @return the schedule after the call
     * @throws InvalidValueException if a value is wrong or missing, or if the schedule would never fire
     * @throws TaskStateException if the schedule of that name is from the code
     */
    ScheduleInfo put(Schedule schedule);

    /** Finds a schedule. */
    Optional<ScheduleInfo> find(String name);

    /** Returns the schedules by name. */
    List<ScheduleInfo> list();

    /**
     * Removes a schedule. Its tasks stay.
     *
     * @return false if no schedule has that name
     * @throws TaskStateException if it is from the code: the next deployment would add it again
     */
    boolean remove(String name);

    /**
     * Lets a schedule fire no more until it is resumed. A pause survives restarts and deployments. Pausing twice is not an
     * error.
     *
     * @return the schedule after the call
     * @throws NotFoundException if no schedule has that name
     */
    ScheduleInfo pause(String name);

    /**
     * Lets a schedule fire again, from the next instant on. Instants of the pause are not made up for, whatever
     * {@link Misfire} says.
     *
     * @return the schedule after the call
     * @throws NotFoundException if no schedule has that name
     */
    ScheduleInfo resume(String name);

    /**
     * Sends a task of the schedule now, also if it is paused, and whether or not its last task is finished.
     *
     * @return the id of the task: NAME@INSTANT with the present instant, in milliseconds
     * @throws NotFoundException if no schedule has that name
     */
    String runNow(String name);

    /**
     * Returns the next instants of a cron expression.
     *
     * @param count 1 to 1,000
     * @throws InvalidValueException if the expression is wrong or never fires, or if the number is out of its range
     */
    List<Instant> preview(String cron, ZoneId zone, int count);
}
