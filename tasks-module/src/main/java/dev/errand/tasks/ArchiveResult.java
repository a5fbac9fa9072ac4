package dev.errand.tasks;

/**
 * The result of {@code archiver.archive}.
 *
 * @param file the copy's path, relative to the folder {@code errand.archive.dir} of the node that made it
 * @param bytes its size
 * @param sha256 its SHA-256, in hexadecimal digits
 * @param contentType the type in the server's answer; null if it has none
 * @param status the status of the server's answer
 * @param name the file's name in the server's answer ({@code Content-Disposition}), for display; null if it has none
 */
public record ArchiveResult(String file, long bytes, String sha256, String contentType, int status, String name) {}
