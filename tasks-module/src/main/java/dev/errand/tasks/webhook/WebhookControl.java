package dev.errand.tasks.webhook;

import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskStateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Administers webhooks: subscriptions of an address to topics. Inject it anywhere. Methods that read need the role
 * {@code errand-viewer} (or {@code errand-admin}), methods that change something need {@code errand-admin}; without the role they
 * throw {@code jakarta.ejb.EJBAccessException}. Each call is durable when it returns, and takes no part in a transaction of the
 * caller. Two calls that change one webhook at the same moment take effect one after the other. Each method throws
 * {@link dev.errand.api.DatabaseUnavailableException} if the database does not answer. Thread-safe.
 */
public interface WebhookControl {

    /**
     * Adds a webhook, enabled.
     *
     * @param url the receiver, an http or https address that the built-in tasks may call
     * @param topics 1 to 50 patterns: {@code *} stands for any characters within a part of a topic, {@code **} for any number of
     *     parts
     * @param secret {@code whsec_} and the Base64 of 24 to 64 bytes; null: a new one
     * @return the webhook, and its secret, which no later call returns
     * @throws InvalidValueException naming the value at fault; for {@code secret} if the server has no {@code errand.webhook.key}
     */
    IssuedWebhook add(String url, List<String> topics, String secret);

    /** Finds a webhook. The result is empty if no webhook has that id. */
    Optional<WebhookInfo> find(String id);

    /**
     * Returns a page of webhooks, newest first.
     *
     * @param limit the largest number of webhooks in the page, 1 to 1,000
     * @param cursor the {@link WebhookPage#next()} of the previous page; null for the newest webhooks
     * @throws InvalidValueException if the limit is out of its range or the cursor is not valid
     */
    WebhookPage list(int limit, String cursor);

    /**
     * Changes the address and the topics of a webhook.
     *
     * @throws InvalidValueException naming the value at fault
     * @throws NotFoundException if no webhook has that id
     */
    WebhookInfo change(String id, String url, List<String> topics);

    /**
     * Removes a webhook with its log of deliveries. Tasks that wait to call it become REVOKED when they run.
     *
     * @throws NotFoundException if no webhook has that id
     */
    void remove(String id);

    /**
     * Gives a webhook a new secret. Until the overlap ends, deliveries carry a signature of the old secret, too.
     *
     * @param secret as in {@link #add}
     * @param overlap zero to 30 days; null: a day
     * @return the webhook, and its new secret, which no later call returns
     * @throws InvalidValueException naming the value at fault
     * @throws NotFoundException if no webhook has that id
     * @throws TaskStateException if another call rotates the secret at this moment
     */
    IssuedWebhook rotate(String id, String secret, Duration overlap);

    /**
     * Enables a webhook, and forgets since when it fails.
     *
     * @throws NotFoundException if no webhook has that id
     */
    WebhookInfo enable(String id);

    /**
     * Disables a webhook: events that are published while it is disabled do not reach it, and tasks that wait to call it become
     * REVOKED when they run.
     *
     * @param reason for people to read, at most 500 characters; may be null
     * @throws NotFoundException if no webhook has that id
     */
    WebhookInfo disable(String id, String reason);

    /**
     * Sends a message of the topic {@code errand/ping} to a webhook, enabled or not.
     *
     * @return the id of the task that delivers it
     * @throws NotFoundException if no webhook has that id
     */
    String ping(String id);

    /**
     * Returns a page of the tries to deliver to a webhook, newest first. A try is kept for {@code errand.webhook.keep-deliveries}.
     *
     * @param limit the largest number of tries in the page, 1 to 1,000
     * @param cursor the {@link DeliveryPage#next()} of the previous page; null for the newest tries
     * @throws InvalidValueException if the limit is out of its range or the cursor is not valid
     * @throws NotFoundException if no webhook has that id
     */
    DeliveryPage deliveries(String id, int limit, String cursor);

    /**
     * Delivers a message again: runs its task again if that has failed or waits for a retry, otherwise sends a new task with the
     * same message and the same {@code webhook-id}.
     *
     * @param task the id of the task that delivered the message
     * @return the id of the task that delivers it now
     * @throws NotFoundException if no webhook has that id, or its log has no try of that task, or the task was pruned
     * @throws TaskStateException if the task waits for its first run or runs now, or if its argument has masked values
     */
    String redeliver(String id, String task);
}
