package dev.errand.tasks.webhook;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A publisher that works in the caller's transaction. A task has the id of its webhook, never the secret. */
@ApplicationScoped
public class WebhookPublisher implements Webhooks {
    @Inject
    Subscriptions subscriptions;

    @Inject
    TaskSender tasks;

    @Override
    public List<String> publish(String topic, Object payload) {
        TopicPattern.check(topic);
        List<Map<String, Object>> messages = subscriptions.enabled().stream()
                .filter(subscriber -> matches(subscriber, topic))
                .map(subscriber -> message(subscriber.id(), topic, payload))
                .toList();
        return messages.isEmpty() ? List.of() : tasks.sendAll(WebhookControlBean.NOTIFY, messages, TaskOptions.none());
    }

    private static boolean matches(Subscriptions.Subscriber subscriber, String topic) {
        return subscriber.topics().stream()
                .anyMatch(pattern -> TopicPattern.of(pattern).matches(topic));
    }

    /** Makes the argument of {@code webhook.notify}. */
    static Map<String, Object> message(String webhook, String topic, Object payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("webhook", webhook);
        message.put("topic", topic);
        message.put("payload", payload);
        return message;
    }
}
