package dev.errand.send;

/**
 * The outcome of a send.
 *
 * @param id the id of the task: of the new one, or of the one that was kept or changed
 * @param added whether it is a new task
 */
public record Sent(String id, boolean added) {}
