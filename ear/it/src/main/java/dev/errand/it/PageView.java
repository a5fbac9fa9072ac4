package dev.errand.it;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A page of a list of tasks as REST shows it. */
record PageView(JsonNode json) {
    List<TaskView> tasks() {
        return Members.list(json, "tasks", TaskView::new);
    }

    /** The cursor of the next page; null on the last one. */
    String next() {
        return Members.text(json, "next");
    }
}
