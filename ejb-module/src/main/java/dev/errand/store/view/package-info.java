/**
 * The tasks as users see them: one task, lists, histories and numbers. It reads the tables of {@link dev.errand.store} and
 * changes nothing. Always in the caller's transaction; locks nothing.
 */
package dev.errand.store.view;
