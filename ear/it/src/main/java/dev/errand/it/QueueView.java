package dev.errand.it;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A queue as REST shows it. */
record QueueView(JsonNode json) {
    String name() {
        return Members.text(json, "name");
    }

    Integer pending() {
        return Members.integer(json, "pending");
    }

    Integer due() {
        return Members.integer(json, "due");
    }

    Integer running() {
        return Members.integer(json, "running");
    }

    Boolean paused() {
        return Members.truth(json, "paused");
    }

    String pausedBy() {
        return Members.text(json, "pausedBy");
    }

    Instant pausedAt() {
        return Members.time(json, "pausedAt");
    }
}
