package dev.errand.tasks.webhook;

import java.util.List;

/**
 * A page of tries. Immutable.
 *
 * @param deliveries the tries, newest first
 * @param next the cursor of the next page; null if this is the last one
 */
public record DeliveryPage(List<Delivery> deliveries, String next) {}
