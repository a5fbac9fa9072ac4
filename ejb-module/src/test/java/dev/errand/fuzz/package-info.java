/** What the property tests of all modules make their inputs from. */
package dev.errand.fuzz;
