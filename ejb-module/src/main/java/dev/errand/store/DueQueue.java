package dev.errand.store;

/**
 * A queue and one priority of an application's tasks.
 *
 * @param application '' for tasks whose application is unknown
 */
public record DueQueue(String application, String name, int priority) {}
