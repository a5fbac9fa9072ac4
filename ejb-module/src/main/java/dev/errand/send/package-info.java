/** From the caller to the record, in the caller's transaction; after its commit the message goes out. */
package dev.errand.send;
