/** Databases of a test, next to the server or far away from it. */
package dev.errand.it.database;
