/** The way from the caller to the record, in the caller's transaction. The message is sent after the commit. */
package dev.errand.send;
