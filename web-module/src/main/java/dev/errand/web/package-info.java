/**
 * Errand's way in over HTTP, under the context root {@code /tasks}. Reading order:
 *
 * <ol>
 *   <li>{@code rest}: the calls under {@code /api}, each a few lines around {@code TaskSender} or {@code TaskControl};
 *   <li>{@code sample}: a servlet and a bean that send a task in the transaction that saves a row;
 *   <li>{@code http}: what both need: JSON, problems, and the filters in front.
 * </ol>
 *
 * <p>Who may do what is in {@code WEB-INF/web.xml}. Of the engine only {@code dev.errand.api} is used.
 */
package dev.errand.web;
