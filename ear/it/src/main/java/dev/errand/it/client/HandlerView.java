package dev.errand.it.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A loaded task as REST shows it. */
public record HandlerView(JsonNode json) {
    public String task() {
        return Members.text(json, "task");
    }

    public String handlerClass() {
        return Members.text(json, "class");
    }

    public String module() {
        return Members.text(json, "module");
    }

    public String queue() {
        return Members.text(json, "queue");
    }

    public Integer priority() {
        return Members.integer(json, "priority");
    }

    public String argumentType() {
        return Members.text(json, "argumentType");
    }

    public Policy retryPolicy() {
        return Members.object(json, "retryPolicy", Policy::new);
    }

    /** The exceptions that are retried, and how often. */
    public record Policy(JsonNode json) {
        public List<String> on() {
            return Members.list(json, "on", JsonNode::stringValue);
        }

        public Integer maxRetries() {
            return Members.integer(json, "maxRetries");
        }

        public List<String> countdowns() {
            return Members.list(json, "countdowns", JsonNode::stringValue);
        }
    }
}
