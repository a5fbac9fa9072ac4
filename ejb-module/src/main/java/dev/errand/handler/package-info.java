/**
 * Finds the tasks loaded: each stateless bean with a {@code @Task} qualifier, in any module, at deployment. The sender looks up
 * the settings of a task here, the runner its handler. No transaction.
 */
package dev.errand.handler;
