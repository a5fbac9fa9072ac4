/** An application as a user would write it: handlers in an EJB jar and in a WAR, compiled against the API alone. */
package dev.errand.it.app;
