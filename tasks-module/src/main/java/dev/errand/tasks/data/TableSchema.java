package dev.errand.tasks.data;

import java.util.List;

/**
 * A Frictionless table schema. Immutable.
 *
 * @param primaryKey the names of the fields that together are different in each row; empty: none
 */
record TableSchema(List<SchemaField> fields, List<String> primaryKey) {}
