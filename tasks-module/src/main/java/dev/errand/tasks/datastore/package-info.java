/**
 * Tables made of files. {@link dev.errand.tasks.datastore.Datastore} loads one; {@link
 * dev.errand.tasks.datastore.Database} has the differences of the databases.
 *
 * <p>A table is the datastore's own if its comment says so, and no other table is changed. The table
 * {@code errand_datastore_table} has a row per table: it is the lock of a load, and remembers the last one.
 */
package dev.errand.tasks.datastore;
