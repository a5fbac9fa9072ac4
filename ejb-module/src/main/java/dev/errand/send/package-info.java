/**
 * The way from the caller to the record, in the caller's transaction, or in one that callers without a transaction share. The
 * message is sent after the commit.
 */
package dev.errand.send;
