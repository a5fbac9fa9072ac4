/**
 * The database itself: the datasource, statements on the connection of the caller's transaction, the differences between the
 * databases, the meaning of their errors, and whether the database answers. It knows no table.
 */
package dev.errand.store.database;
