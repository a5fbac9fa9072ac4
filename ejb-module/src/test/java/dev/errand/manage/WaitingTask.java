package dev.errand.manage;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskInfo.Audit;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import java.time.Instant;
import java.util.List;

/** Tasks for the tests of their texts. */
public final class WaitingTask {
    public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private WaitingTask() {}

    /** Returns a task that waits for its first run. */
    public static TaskInfo of(TaskValue argument, Audit... audit) {
        return new TaskInfo(
                "i",
                "a.b",
                "default",
                TaskState.PENDING,
                4,
                argument,
                null,
                null,
                0,
                3,
                AT,
                AT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                List.of(audit));
    }
}
