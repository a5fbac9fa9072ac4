package dev.errand.tasks;

/**
 * The result of {@code archiver.archive}.
 *
 * @param file the copy's absolute path, on the node that made it
 * @param bytes its size
 * @param sha256 its SHA-256, in hexadecimal digits
 * @param contentType as the server said; null if it did not
 * @param status of the server's answer
 */
public record ArchiveResult(String file, long bytes, String sha256, String contentType, int status) {}
