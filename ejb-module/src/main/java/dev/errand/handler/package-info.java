/**
 * The handlers that are loaded: each stateless bean with a {@code @Task} qualifier, in any module, found at deployment. The
 * sender reads the settings of a task here, the runner its handler. No transaction.
 */
package dev.errand.handler;
