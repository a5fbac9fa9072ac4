/**
 * The messages of Errand in the log of the server: one catalogue, in which each message has a number that
 * docs/reference/log-messages.md explains.
 */
package dev.errand.log;
