/** The start and the stop of the engine, in the right order, and the first lines of the log. */
package dev.errand.start;
