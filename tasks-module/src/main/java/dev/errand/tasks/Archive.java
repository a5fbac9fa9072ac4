package dev.errand.tasks;

/**
 * The argument of {@code archiver.archive}. Immutable.
 *
 * @param url what to keep a copy of, http or https
 * @param maxBytes the largest size to accept; null: {@code errand.archive.max-bytes}, which it cannot exceed
 */
public record Archive(String url, Long maxBytes) {}
