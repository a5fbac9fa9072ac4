/**
 * Files as tables: the detection of format, encoding, dialect, header and types, the check against a schema, and the
 * report. It knows no database. The way of a file: {@link dev.errand.tasks.data.DataFile} opens it,
 * {@link dev.errand.tasks.data.Inspection} reads it once and reports, {@link dev.errand.tasks.data.Inspected} gives its
 * rows with typed values.
 */
package dev.errand.tasks.data;
