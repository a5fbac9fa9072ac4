/** The settings of an administrator, read once and checked, and the clock. Any package may read them; no transaction. */
package dev.errand.config;
