/**
 * Errand for administrators, as MBeans for JConsole and other JMX clients. The server checks the log-in to its management.
 * After that, all calls go through {@link dev.errand.manage.TaskAdministration}, as for other callers.
 */
package dev.errand.manage.jmx;
