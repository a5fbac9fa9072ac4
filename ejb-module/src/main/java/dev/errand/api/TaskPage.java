package dev.errand.api;

import java.util.List;

/**
 * A page of tasks, newest first. It may have fewer tasks than {@link TaskFilter#limit}, or none, and a next page
 * nevertheless.
 *
 * @param next the {@link TaskFilter#cursor} of the next page; null if this page is the last
 */
public record TaskPage(List<TaskInfo> tasks, String next) {}
