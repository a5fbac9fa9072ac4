/**
 * The tasks that come with Errand: {@code example.echo}, {@code webhook.notify}, {@code archiver.archive},
 * {@code datastore.validate} and {@code datastore.load}. They are handlers like those of an application; of the engine they
 * use the public API, its reader of settings and its web addresses. Tasks that call other machines run outside a
 * transaction, so at least once, and call through {@link dev.errand.tasks.http}.
 */
package dev.errand.tasks;
