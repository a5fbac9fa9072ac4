/**
 * The tables, and the only code that knows them. {@link dev.errand.store.TaskTransitions} has each change of a task's
 * row, as a guarded UPDATE. The caller chooses the transaction: a class that must join it is MANDATORY, a class that
 * must not is REQUIRES_NEW.
 */
package dev.errand.store;
