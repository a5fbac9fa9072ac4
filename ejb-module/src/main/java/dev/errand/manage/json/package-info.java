/**
 * The JSON shapes of tasks and handlers, the same for REST and JMX. A record's components are the fields of its JSON, in their
 * order; docs/reference/rest.md describes them. Types of {@link dev.errand.api} that have the shape already, such as
 * {@link dev.errand.api.QueueInfo}, are written as they are. Pure; no transaction.
 */
package dev.errand.manage.json;
