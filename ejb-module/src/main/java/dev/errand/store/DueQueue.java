package dev.errand.store;

/** A queue and one priority of its tasks. */
public record DueQueue(String name, int priority) {}
