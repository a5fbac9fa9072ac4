package dev.errand.it;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A task as REST shows it (docs/reference/rest.md).
 *
 * @param json for tests of the JSON itself
 * @param text the JSON as the server wrote it
 */
record TaskView(JsonNode json, String text) {

    /** A task of a list. */
    TaskView(JsonNode json) {
        this(json, json.toString());
    }

    String id() {
        return Members.text(json, "id");
    }

    String task() {
        return Members.text(json, "task");
    }

    String queue() {
        return Members.text(json, "queue");
    }

    String state() {
        return Members.text(json, "state");
    }

    Integer priority() {
        return Members.integer(json, "priority");
    }

    JsonNode argument() {
        return json.path("argument");
    }

    Boolean argumentCut() {
        return Members.truth(json, "argumentCut");
    }

    JsonNode result() {
        return json.path("result");
    }

    Boolean resultCut() {
        return Members.truth(json, "resultCut");
    }

    TaskError error() {
        return Members.object(json, "error", TaskError::new);
    }

    Integer retries() {
        return Members.integer(json, "retries");
    }

    Integer maxRetries() {
        return Members.integer(json, "maxRetries");
    }

    Instant createdAt() {
        return Members.time(json, "createdAt");
    }

    Instant dueAt() {
        return Members.time(json, "dueAt");
    }

    Instant startedAt() {
        return Members.time(json, "startedAt");
    }

    Instant finishedAt() {
        return Members.time(json, "finishedAt");
    }

    Instant expiresAt() {
        return Members.time(json, "expiresAt");
    }

    String node() {
        return Members.text(json, "node");
    }

    String sentBy() {
        return Members.text(json, "sentBy");
    }

    String uniqueKey() {
        return Members.text(json, "uniqueKey");
    }

    Progress progress() {
        return Members.object(json, "progress", Progress::new);
    }

    List<Run> runs() {
        return Members.list(json, "runs", Run::new);
    }

    String runsNext() {
        return Members.text(json, "runsNext");
    }

    List<LogLine> log() {
        return Members.list(json, "log", LogLine::new);
    }

    String logNext() {
        return Members.text(json, "logNext");
    }

    List<Audit> audit() {
        return Members.list(json, "audit", Audit::new);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The error of a task or of a run. */
    record TaskError(JsonNode json) {
        String type() {
            return Members.text(json, "type");
        }

        String message() {
            return Members.text(json, "message");
        }

        String trace() {
            return Members.text(json, "trace");
        }
    }

    /** The last progress that a run has reported. */
    record Progress(JsonNode json) {
        Integer done() {
            return Members.integer(json, "done");
        }

        Integer total() {
            return Members.integer(json, "total");
        }

        String message() {
            return Members.text(json, "message");
        }
    }

    /** One execution of a task. */
    record Run(JsonNode json) {
        Integer number() {
            return Members.integer(json, "number");
        }

        String node() {
            return Members.text(json, "node");
        }

        Instant startedAt() {
            return Members.time(json, "startedAt");
        }

        Instant finishedAt() {
            return Members.time(json, "finishedAt");
        }

        String state() {
            return Members.text(json, "state");
        }

        TaskError error() {
            return Members.object(json, "error", TaskError::new);
        }
    }

    /** A line that a handler has logged. */
    record LogLine(JsonNode json) {
        Integer run() {
            return Members.integer(json, "run");
        }

        Instant at() {
            return Members.time(json, "at");
        }

        String message() {
            return Members.text(json, "message");
        }
    }

    /** An action on a task; {@code by} is null if Errand itself did it. */
    record Audit(JsonNode json) {
        Instant at() {
            return Members.time(json, "at");
        }

        String by() {
            return Members.text(json, "by");
        }

        String action() {
            return Members.text(json, "action");
        }
    }
}
