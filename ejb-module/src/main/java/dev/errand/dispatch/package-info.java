/**
 * From the message to the handler: the dispatcher reads it, one of two ways of running claims the record and calls the
 * handler, and what did not succeed goes to {@code outcome}. The message itself has no transaction.
 */
package dev.errand.dispatch;
