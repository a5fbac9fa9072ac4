package dev.errand.tasks.webhook;

import java.util.List;

/**
 * A page of webhooks. Immutable.
 *
 * @param webhooks the webhooks, newest first
 * @param next the cursor of the next page; null if this is the last one
 */
public record WebhookPage(List<WebhookInfo> webhooks, String next) {}
