/**
 * Errand for administrators, as MBeans: for JConsole and other clients of JMX. The server checks the login to its management.
 * From there on all goes through {@link dev.errand.manage.TaskAdministration}, as for other callers.
 */
package dev.errand.manage.jmx;
