/**
 * The tables, and the only code that knows them: their records, the search for due tasks, the locks. {@link
 * dev.errand.store.TaskTransitions} has each change of a task's row, as a guarded UPDATE; {@link dev.errand.store.view} reads
 * tasks for users. The caller chooses the transaction: a class that must join it is MANDATORY, a class that must not is
 * REQUIRES_NEW.
 */
package dev.errand.store;
