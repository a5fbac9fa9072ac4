/** Handlers that cannot be, one a file, and one that can: each of the others must stop the deployment with a message that says why, and what to do. */
package dev.errand.it.broken;
