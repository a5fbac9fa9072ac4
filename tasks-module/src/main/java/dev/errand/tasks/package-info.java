/**
 * The tasks that come with Errand: {@code example.echo}, {@code webhook.notify} and {@code archiver.archive}. They use the
 * public API only, like anybody's handlers. Those that call other machines run outside a transaction, so at least once, and
 * call through {@link dev.errand.tasks.http}.
 */
package dev.errand.tasks;
