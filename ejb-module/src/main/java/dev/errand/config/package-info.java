/** The settings of an administrator, read and checked once, and the clock. Any package may read them. No transaction. */
package dev.errand.config;
