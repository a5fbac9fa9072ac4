/** The work of an administrator, in consoles and at brokers. */
package dev.errand.it.admin;
