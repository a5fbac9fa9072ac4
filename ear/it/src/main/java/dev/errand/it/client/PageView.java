package dev.errand.it.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A page of a list of tasks as REST shows it. */
public record PageView(JsonNode json) {
    public List<TaskView> tasks() {
        return Members.list(json, "tasks", TaskView::new);
    }

    /** The cursor of the next page; null on the last one. */
    public String next() {
        return Members.text(json, "next");
    }
}
