/**
 * The REST calls, JSON under {@code /tasks/api}. A resource reads the request strictly ({@code TaskRequest}, {@code ListQuery}),
 * calls {@code TaskSender} or {@code TaskControl} (each a transaction of its own), and writes what comes back as JSON
 * ({@code TaskJson}, {@code HandlerJson}, {@code QueueJson}). Exceptions become problems in {@code ProblemMapper}.
 */
package dev.errand.web.rest;
