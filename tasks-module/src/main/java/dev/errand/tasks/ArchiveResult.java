package dev.errand.tasks;

/**
 * The result of {@code archiver.archive}.
 *
 * @param file the copy's path, relative to the folder {@code errand.archive.dir} of the node that made it
 * @param bytes its size
 * @param sha256 its SHA-256, in hexadecimal digits
 * @param contentType as the server said; null if it did not
 * @param status of the server's answer
 * @param name the file's name as the server said ({@code Content-Disposition}), for people; null if it did not
 */
public record ArchiveResult(String file, long bytes, String sha256, String contentType, int status, String name) {}
