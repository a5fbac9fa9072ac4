package dev.errand.tasks.webhook;

import java.time.Instant;
import java.util.List;

/**
 * A webhook, without its secret. Immutable.
 *
 * @param id a UUID
 * @param url the receiver
 * @param topics the patterns of the topics that it receives
 * @param enabled whether it receives what is published
 * @param disabledReason the reason why it is disabled; null if it is enabled or no reason was given
 * @param owner the name of the user that has added it; null if that caller was not logged in
 * @param createdAt the time when it was added
 * @param changedAt the time of the last change of its address, its topics or its secret; null: none
 * @param failingSince the time of the first failure after the last success; null if the last try was a success
 * @param lastSuccess the time of the last success; null: none
 * @param lastStatus the status of the last answer; null if the last try had none
 * @param previousSecretUntil the time until which the previous secret signs as well; null if there is none
 */
public record WebhookInfo(
        String id,
        String url,
        List<String> topics,
        boolean enabled,
        String disabledReason,
        String owner,
        Instant createdAt,
        Instant changedAt,
        Instant failingSince,
        Instant lastSuccess,
        Integer lastStatus,
        Instant previousSecretUntil) {}
