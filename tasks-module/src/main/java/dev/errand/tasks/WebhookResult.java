package dev.errand.tasks;

/**
 * The result of {@code webhook.notify}.
 *
 * @param status the status of the receiver's answer, 200 to 299
 */
public record WebhookResult(int status) {}
