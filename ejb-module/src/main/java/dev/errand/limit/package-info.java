/**
 * Limits at work: a run takes its places and permits before it starts, and a task that gets none waits in a line until it is
 * called.
 */
package dev.errand.limit;
