/** Starts and stops the engine in the right order, and writes the first lines of the log. */
package dev.errand.start;
