/** The inputs of the property tests of all modules. */
package dev.errand.fuzz;
