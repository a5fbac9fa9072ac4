package dev.errand.tasks.webhook;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.InvalidValueException;
import java.util.List;

/**
 * Tells subscribers about events. Inject it in a servlet, an EJB, a CDI bean, a REST resource or a handler. {@link WebhookControl}
 * administers the subscriptions. Thread-safe.
 */
public interface Webhooks {

    /**
     * Sends one task {@code webhook.notify} per enabled webhook with a topic pattern that matches. The tasks join the caller's
     * JTA transaction: after a rollback, no subscriber is told. Without a transaction, the method returns when the tasks are
     * durable.
     *
     * @param topic 1 to 200 visible ASCII characters, in parts separated by slashes: {@code dataset/create}
     * @param payload the content to send: any value that can be written as JSON; may be null
     * @return the ids of the tasks; empty if no webhook matches
     * @throws InvalidValueException if the topic or the payload cannot be sent
     * @throws ArgumentTooLargeException if the payload is larger than an argument may be
     * @throws DatabaseUnavailableException if the database does not read the webhooks or accept the tasks
     */
    List<String> publish(String topic, Object payload);
}
