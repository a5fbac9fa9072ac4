package dev.errand.it.client;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A task as REST shows it (docs/reference/rest.md).
 *
 * @param json for tests of the JSON itself
 * @param text the JSON as the server wrote it
 */
public record TaskView(JsonNode json, String text) {

    /** A task of a list. */
    TaskView(JsonNode json) {
        this(json, json.toString());
    }

    public String id() {
        return Members.text(json, "id");
    }

    public String task() {
        return Members.text(json, "task");
    }

    public String queue() {
        return Members.text(json, "queue");
    }

    public String state() {
        return Members.text(json, "state");
    }

    public Integer priority() {
        return Members.integer(json, "priority");
    }

    public JsonNode argument() {
        return json.path("argument");
    }

    public Boolean argumentCut() {
        return Members.truth(json, "argumentCut");
    }

    public JsonNode result() {
        return json.path("result");
    }

    public Boolean resultCut() {
        return Members.truth(json, "resultCut");
    }

    public TaskError error() {
        return Members.object(json, "error", TaskError::new);
    }

    public Integer retries() {
        return Members.integer(json, "retries");
    }

    public Integer maxRetries() {
        return Members.integer(json, "maxRetries");
    }

    public Instant createdAt() {
        return Members.time(json, "createdAt");
    }

    public Instant dueAt() {
        return Members.time(json, "dueAt");
    }

    public Instant startedAt() {
        return Members.time(json, "startedAt");
    }

    public Instant finishedAt() {
        return Members.time(json, "finishedAt");
    }

    public Instant expiresAt() {
        return Members.time(json, "expiresAt");
    }

    public String node() {
        return Members.text(json, "node");
    }

    public String sentBy() {
        return Members.text(json, "sentBy");
    }

    public String uniqueKey() {
        return Members.text(json, "uniqueKey");
    }

    public Progress progress() {
        return Members.object(json, "progress", Progress::new);
    }

    public List<Run> runs() {
        return Members.list(json, "runs", Run::new);
    }

    public String runsNext() {
        return Members.text(json, "runsNext");
    }

    public List<LogLine> log() {
        return Members.list(json, "log", LogLine::new);
    }

    public String logNext() {
        return Members.text(json, "logNext");
    }

    public List<Audit> audit() {
        return Members.list(json, "audit", Audit::new);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The error of a task or of a run. */
    public record TaskError(JsonNode json) {
        public String type() {
            return Members.text(json, "type");
        }

        public String message() {
            return Members.text(json, "message");
        }

        public String trace() {
            return Members.text(json, "trace");
        }
    }

    /** The last progress that a run has reported. */
    public record Progress(JsonNode json) {
        public Integer done() {
            return Members.integer(json, "done");
        }

        public Integer total() {
            return Members.integer(json, "total");
        }

        public String message() {
            return Members.text(json, "message");
        }
    }

    /** One execution of a task. */
    public record Run(JsonNode json) {
        public Integer number() {
            return Members.integer(json, "number");
        }

        public String node() {
            return Members.text(json, "node");
        }

        public Instant startedAt() {
            return Members.time(json, "startedAt");
        }

        public Instant finishedAt() {
            return Members.time(json, "finishedAt");
        }

        public String state() {
            return Members.text(json, "state");
        }

        public TaskError error() {
            return Members.object(json, "error", TaskError::new);
        }
    }

    /** A line that a handler has logged. */
    public record LogLine(JsonNode json) {
        public Integer run() {
            return Members.integer(json, "run");
        }

        public Instant at() {
            return Members.time(json, "at");
        }

        public String message() {
            return Members.text(json, "message");
        }
    }

    /** An action on a task; {@code by} is null if Errand itself did it. */
    public record Audit(JsonNode json) {
        public Instant at() {
            return Members.time(json, "at");
        }

        public String by() {
            return Members.text(json, "by");
        }

        public String action() {
            return Members.text(json, "action");
        }
    }
}
