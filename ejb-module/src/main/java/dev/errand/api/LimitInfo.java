package dev.errand.api;

import java.time.Instant;
import java.util.List;

/**
 * A limit and its use. Immutable.
 *
 * @param rate the rate in force, such as "100/m"; null if there is none
 * @param burst the number of starts that may follow at once; null without a rate
 * @param concurrency the largest number of runs at the same time in force; null if there is none
 * @param by the JSON pointer whose values have a limit each; null if there is one limit for all tasks
 * @param tasks the tasks of this application that have the limit
 * @param running the number of places that are taken now, of all values together
 * @param waiting the number of tasks that wait for the limit, of all values together
 * @param code the values in the code
 * @param changedBy the user that has changed the values; null if the values of the code are in force, or if the user was not
 *     logged in
 * @param changedAt the time of that change; null if the values of the code are in force
 */
public record LimitInfo(
        String name,
        String rate,
        Integer burst,
        Integer concurrency,
        String by,
        List<String> tasks,
        long running,
        long waiting,
        Code code,
        String changedBy,
        Instant changedAt) {

    /**
     * The values in the code.
     *
     * @param rate null if there is none
     * @param concurrency null if there is none
     */
    public record Code(String rate, Integer concurrency) {}
}
