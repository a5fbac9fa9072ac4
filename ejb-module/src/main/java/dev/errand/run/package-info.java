/**
 * The run of a task, from the message to the recorded outcome. Read in this order:
 * {@link dev.errand.run.MessageRunner} receives the message. {@link dev.errand.run.TaskRunner} runs one task,
 * {@link dev.errand.run.BatchRunner} many short ones. A run is a {@link dev.errand.run.TransactionalRun}, a
 * {@link dev.errand.run.LeasedRun} or a {@link dev.errand.run.BatchRun}, each with its own transaction boundary; all
 * call the handler through {@link dev.errand.run.HandlerInvoker}. The run's result goes to
 * {@link dev.errand.run.OutcomeRules}, which decide, and {@link dev.errand.run.OutcomeRecorder}, which records.
 */
package dev.errand.run;
