/**
 * The engine. To read it, follow a task, package by package:
 *
 * <ol>
 *   <li>{@link dev.errand.send}: from the caller to a row of the table, in the caller's transaction
 *   <li>{@link dev.errand.queue}: from the commit to a message, a bounded number of them
 *   <li>{@link dev.errand.run}: from the message to the handler, and to the recorded outcome
 *   <li>{@link dev.errand.timer}: from a point in time to a message: delays, retries, crashes; and pruning
 * </ol>
 *
 * <p>Then {@link dev.errand.store}, the SQL, and {@link dev.errand.store.view}, the SQL of users' lists; {@link dev.errand.handler}, the handlers that a deployment has;
 * {@link dev.errand.manage}, the actions of users; {@link dev.errand.api}, the types that applications compile against.
 */
package dev.errand;
