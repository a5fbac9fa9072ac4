package dev.errand.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** A task and the number of its run. */
@Embeddable
public class RunId implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "task_id")
    String taskId;

    int run;

    protected RunId() {}

    RunId(String taskId, int run) {
        this.taskId = taskId;
        this.run = run;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunId that && run == that.run && taskId.equals(that.taskId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(taskId, run);
    }
}
