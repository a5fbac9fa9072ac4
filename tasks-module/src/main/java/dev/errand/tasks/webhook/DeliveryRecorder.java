package dev.errand.tasks.webhook;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.tasks.config.TasksConfig;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Records tries to deliver to a webhook, and draws the consequences: a receiver that is gone loses its webhook, and one that fails
 * for too long has it disabled, in one transaction with the message to the owner.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeliveryRecorder {
    /** 410: the receiver does not want to be called again. */
    private static final int GONE = 410;

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    @Inject
    Subscriptions subscriptions;

    @Inject
    TaskSender tasks;

    @Inject
    TasksConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Records a success. */
    public void delivered(Receiver receiver, Delivery delivery) {
        long now = log(receiver, delivery);
        subscriptions.succeeded(receiver.webhook(), delivery.status(), now);
    }

    /** Records a failure. */
    public void failed(Receiver receiver, Delivery delivery) {
        if (Integer.valueOf(GONE).equals(delivery.status())) {
            if (subscriptions.removeGone(receiver.webhook(), receiver.url())) {
                subscriptions.removeDeliveries(receiver.webhook());
                LogMessage.WEBHOOK_GONE.log(receiver.webhook(), WebhookControlBean.shown(receiver.url()));
            }
            return;
        }
        long now = log(receiver, delivery);
        subscriptions.failed(receiver.webhook(), delivery.status(), now);
        long since = now - config.webhookDisableAfter().toMillis();
        String reason =
                "It has failed for " + config.webhookDisableAfter() + " or longer. The last error: " + delivery.error();
        if (subscriptions.disableFailing(receiver.webhook(), since, reason)) {
            LogMessage.WEBHOOK_DISABLED.log(
                    receiver.webhook(),
                    WebhookControlBean.shown(receiver.url()),
                    config.webhookDisableAfter(),
                    delivery.error());
            tellOwner(receiver.webhook());
        }
    }

    private void tellOwner(String id) {
        if (config.webhookDisabledTask() == null) {
            return;
        }
        subscriptions.find(id).map(Subscriptions.Stored::webhook).ifPresent(webhook -> {
            Map<String, Object> argument = new HashMap<>();
            argument.put("webhook", webhook.id());
            argument.put("url", webhook.url());
            argument.put("owner", webhook.owner());
            argument.put("reason", webhook.disabledReason());
            argument.put("failingSince", webhook.failingSince());
            tasks.send(config.webhookDisabledTask(), argument, TaskOptions.none());
        });
    }

    private long log(Receiver receiver, Delivery delivery) {
        Instant now = clock.instant();
        subscriptions.log(IDS.generate().toString(), receiver.webhook(), delivery);
        subscriptions.prune(now, config.webhookKeepDeliveries());
        return now.toEpochMilli();
    }
}
