/** What Errand says in the server's log: one catalogue, each message with a number that docs/reference/log-messages.md explains. */
package dev.errand.log;
