package dev.errand.tasks.webhook;

import java.time.Instant;

/**
 * A try to deliver a message. Immutable.
 *
 * @param task the id of the task
 * @param topic the topic of the message
 * @param attempt the number of the try, from 1
 * @param at the time when the try began
 * @param status the status of the answer; null if there was none
 * @param millis the time that it took, in milliseconds
 * @param error the reason of a failure; null after a success
 */
public record Delivery(String task, String topic, int attempt, Instant at, Integer status, long millis, String error) {}
