package dev.errand.it;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A loaded task as REST shows it. */
record HandlerView(JsonNode json) {
    String task() {
        return Members.text(json, "task");
    }

    String handlerClass() {
        return Members.text(json, "class");
    }

    String module() {
        return Members.text(json, "module");
    }

    String queue() {
        return Members.text(json, "queue");
    }

    Integer priority() {
        return Members.integer(json, "priority");
    }

    String argumentType() {
        return Members.text(json, "argumentType");
    }

    Policy retryPolicy() {
        return Members.object(json, "retryPolicy", Policy::new);
    }

    /** The exceptions that are retried, and how often. */
    record Policy(JsonNode json) {
        List<String> on() {
            return Members.list(json, "on", JsonNode::stringValue);
        }

        Integer maxRetries() {
            return Members.integer(json, "maxRetries");
        }
    }
}
