/**
 * Errand for administrators, as MBeans: JConsole and whatever else speaks JMX. The server asks for the log-in to its
 * management; from there on it is {@link dev.errand.manage.Operations}, as for everybody else.
 */
package dev.errand.manage.jmx;
