package dev.errand.api;

import java.util.List;

/**
 * A page of workflows, newest first, without their steps.
 *
 * @param next the cursor of the next page; null if this is the last one
 */
public record WorkflowPage(List<WorkflowInfo> workflows, String next) {}
