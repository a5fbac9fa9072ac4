package dev.errand.store;

/**
 * The time at which a task of a queue and priority must be looked at.
 *
 * @param at in milliseconds
 * @param paused whether the queue is paused, or closed for this node
 */
record WakeUp(DueQueue queue, long at, boolean paused) {
    boolean due(long now) {
        return at <= now && !paused;
    }
}
