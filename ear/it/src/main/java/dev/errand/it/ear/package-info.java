/** The EAR as the build made it, and modules that a test adds to it. */
package dev.errand.it.ear;
