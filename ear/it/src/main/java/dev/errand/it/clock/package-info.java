/** A clock that a test sets, put into the engine's own module in place of the machine's. */
package dev.errand.it.clock;
