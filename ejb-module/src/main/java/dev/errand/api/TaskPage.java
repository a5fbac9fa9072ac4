package dev.errand.api;

import java.util.List;

/**
 * A page of tasks, newest first. It may have fewer tasks than {@link TaskFilter#limit}, or none, and a next page nevertheless.
 *
 * @param next what to give {@link TaskFilter#cursor} for the page after this one; null if this is the last
 */
public record TaskPage(List<TaskInfo> tasks, String next) {}
