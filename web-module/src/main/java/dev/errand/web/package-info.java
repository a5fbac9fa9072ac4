/**
 * Errand's HTTP interface, under the context root {@code /tasks}. Reading order:
 * <ol>
 * <li>{@code rest}: the calls under {@code /api}, each a few lines around {@code TaskSender} or {@code TaskControl};
 * <li>{@code sample}: a servlet and a bean that send a task in the transaction that saves a row;
 * <li>{@code http}: the code that both need: JSON, problems, and the filters.
 * </ol>
 *
 * <p>{@code WEB-INF/web.xml} defines the roles and their rights. Of the engine only {@code dev.errand.api} is used, and for
 * answers {@code dev.errand.manage.json} and {@code JsonAnswer}.
 */
package dev.errand.web;
