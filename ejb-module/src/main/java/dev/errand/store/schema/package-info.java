/** The tables as a whole: created, upgraded and checked when a node starts, by one node at a time. */
package dev.errand.store.schema;
