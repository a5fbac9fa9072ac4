/**
 * The way from a due record to the dispatcher, by a bounded number of messages. A message is a wake-up, sent after the commit
 * and outside any transaction; losing or duplicating one does no harm. A {@link dev.errand.queue.TaskMessage} makes one task
 * run. A {@link dev.errand.queue.BatchMessage} starts a batch runner, which runs batches of short tasks one after the other
 * as long as some are due.
 */
package dev.errand.queue;
