/**
 * The REST calls, JSON under {@code /tasks/api}. A resource reads the request strictly ({@code TaskBody},
 * {@code ListQuery}), calls {@code TaskSender} or {@code TaskControl} (each a transaction of its own), and writes the
 * result in the shapes of {@code dev.errand.manage.json}. {@code ProblemMapper} turns exceptions into problems.
 */
package dev.errand.web.rest;
