/**
 * The conveyor belt: a bounded number of messages between a record that is due and the dispatcher. A message is a wake-up,
 * sent after the commit and outside any transaction; it may be lost or doubled without harm.
 */
package dev.errand.queue;
