package dev.errand.it.client;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A queue as REST shows it. */
public record QueueView(JsonNode json) {
    public String name() {
        return Members.text(json, "name");
    }

    public Integer pending() {
        return Members.integer(json, "pending");
    }

    public Integer due() {
        return Members.integer(json, "due");
    }

    public Integer running() {
        return Members.integer(json, "running");
    }

    public Boolean paused() {
        return Members.truth(json, "paused");
    }

    public String pausedBy() {
        return Members.text(json, "pausedBy");
    }

    public Instant pausedAt() {
        return Members.time(json, "pausedAt");
    }
}
