/**
 * Finds the tasks loaded: every stateless bean with a {@code @Task} qualifier, in any module, at deployment. The sender asks
 * here for a task's settings, the dispatcher for its handler. No transaction.
 */
package dev.errand.handler;
