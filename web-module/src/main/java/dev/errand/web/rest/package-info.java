/**
 * The REST calls, JSON under {@code /tasks/api}. A resource reads the request strictly ({@code TaskRequest},
 * {@code ListQuery}), calls {@code TaskSender} or {@code TaskControl} (each a transaction of its own), and writes the
 * result as JSON ({@code TaskJson}, {@code HandlerJson}, {@code QueueJson}). {@code ProblemMapper} turns exceptions
 * into problems.
 */
package dev.errand.web.rest;
