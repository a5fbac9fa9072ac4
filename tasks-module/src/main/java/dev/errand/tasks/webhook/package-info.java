/**
 * Webhooks: subscriptions to topics, their secrets and signatures, and the log of deliveries. The task that delivers is
 * {@code webhook.notify} in {@link dev.errand.tasks}.
 */
package dev.errand.tasks.webhook;
