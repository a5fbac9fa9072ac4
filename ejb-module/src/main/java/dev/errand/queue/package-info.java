/**
 * From a due record to the dispatcher, by a bounded number of messages. A message is a wake-up, sent after the commit and outside
 * any transaction; it may be lost or duplicated without harm. A {@link dev.errand.queue.TaskMessage} has one task run. A
 * {@link dev.errand.queue.BatchMessage} starts a batch runner: one batch of short tasks after the other, as long as some are due.
 */
package dev.errand.queue;
