/** The support of JUnit that the tests of all modules share. */
package dev.errand.testing;
