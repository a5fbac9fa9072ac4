/** Brings the engine up and down in the right order, and greets people in the log. */
package dev.errand.start;
