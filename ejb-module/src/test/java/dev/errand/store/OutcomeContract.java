package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.TaskTransitions.Changes;
import dev.errand.store.TaskTransitions.Success;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outcome of a run, and of the runs that a node has lost or released. */
interface OutcomeContract extends StoreSteps {
    @Test
    default void aSuccessOfAnotherRunIsRefused() {
        insert(task("a", 4, NOW));

        assertThatThrownBy(() ->
                        database().run(em -> transitions(em).succeed(List.of(new Success(ended("a", 2), null)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("claimed");
        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    default void anOutcomeOfAnotherRunChangesNothing() {
        insert(task("a", 4, NOW));

        assertThat(database().<Boolean>in(em -> transitions(em).end(ended(7), TaskState.FAILURE, null, ERROR)))
                .isFalse();
        assertThat(database().<Boolean>in(em -> transitions(em).retry(ended(7), ERROR, NOW, Changes.NONE)))
                .isFalse();
        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("a").runs()).isEmpty();
    }

    @Test
    default void aRetryKeepsItsRunAndMayChangeTheArgument() {
        insert(task("a", 4, NOW));
        database()
                .run(em -> transitions(em)
                        .retry(ended(1), ERROR, NOW + 180_000, new Changes(true, "\"changed\"", null, null)));
        database().run(em -> transitions(em).retry(ended(2), ERROR, NOW + 360_000, Changes.NONE));

        TaskInfo task = find("a");
        assertThat(task.state()).isEqualTo(TaskState.RETRY);
        assertThat(task.retries()).isEqualTo(2);
        assertThat(task.argument()).isEqualTo("changed");
        assertThat(task.dueAt().toEpochMilli()).isEqualTo(NOW + 360_000);
        assertThat(task.error().message()).isEqualTo("no\uFFFDpe");
        assertThat(task.runs()).extracting(TaskInfo.Run::number).containsExactly(1, 2);
        assertThat(task.runs().get(0).node()).isEqualTo("node-1");
    }

    @Test
    default void aRetryMayMoveTheTaskToAnotherQueueAndPriority() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).retry(ended(1), ERROR, NOW, new Changes(false, null, "other", 9)));

        TaskInfo task = find("a");
        assertThat(task.queue()).isEqualTo("other");
        assertThat(task.priority()).isEqualTo(9);
    }

    @Test
    default void aSnoozedTaskWaitsWithoutARetryOrAnErrorAndKeepsItsRun() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).retry(ended(1), ERROR, NOW, Changes.NONE));
        assertThat(database().<Boolean>in(em -> transitions(em).snooze(ended(2), NOW + 60_000)))
                .isTrue();
        assertThat(database().<Boolean>in(em -> transitions(em).snooze(ended(2), NOW + 70_000)))
                .as("an outcome of a run that is gone")
                .isFalse();

        TaskInfo task = find("a");
        assertThat(task.state()).isEqualTo(TaskState.PENDING);
        assertThat(task.retries()).isEqualTo(1);
        assertThat(task.error()).isNull();
        assertThat(task.dueAt().toEpochMilli()).isEqualTo(NOW + 60_000);
        assertThat(task.runs()).extracting(TaskInfo.Run::state).containsExactly(TaskState.RETRY, TaskState.PENDING);
        database().run(em -> assertThat(locks(em).claim("a", 3)).isPresent());
    }

    @Test
    default void aStartedRunThatNeverCameToItsHandlerWaitsAgainUnderItsNumber() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).start(locks(em).claim("a", 1).orElseThrow(), "node-1", NOW, NOW + 30_000));
        database().run(em -> transitions(em).release(records(em).lock("a").orElseThrow(), NOW + 500));

        TaskInfo task = find("a");
        assertThat(task.state()).isEqualTo(TaskState.PENDING);
        assertThat(task.retries()).isZero();
        assertThat(task.runs()).isEmpty();
        assertThat(database().<Boolean>in(em -> locks(em).claim("a", 1).isPresent()))
                .isTrue();
    }

    @Test
    default void aFinishedTaskIsNotReleased() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).end(ended(1), TaskState.FAILURE, null, ERROR));
        database().run(em -> transitions(em).release(records(em).lock("a").orElseThrow(), NOW + 500));

        assertThat(find("a").state()).isEqualTo(TaskState.FAILURE);
    }

    @Test
    default void aDueTaskStaysDueWhenTheClockIsSetBack() {
        long before = NOW + 3_600_000;
        insert(
                task("due", 4, before - 1),
                task("not-yet-due", 4, before + 1),
                task("ours", 4, before - 2),
                task("theirs", 4, before - 2),
                task("runs", 4, before - 3));
        database().run(em -> {
            transitions(em).lease(List.of(records(em).lock("ours").orElseThrow()), "node-1", before + 30);
            transitions(em).lease(List.of(records(em).lock("theirs").orElseThrow()), "node-2", before + 30);
            transitions(em).start(locks(em).claim("runs", 1).orElseThrow(), "node-1", before, before + 30);
        });

        assertThat(setBack(before)).isEqualTo(3);
        assertThat(setBack(before)).isZero();

        assertThat(wakeAt("due")).isEqualTo(NOW);
        assertThat(wakeAt("not-yet-due")).isEqualTo(before + 1);
        assertThat(wakeAt("ours")).isEqualTo(NOW + 30);
        assertThat(wakeAt("theirs")).isEqualTo(before + 30);
        assertThat(wakeAt("runs")).isEqualTo(NOW + 30);
    }

    default int setBack(long before) {
        return database().in(em -> due(em).clockSetBack("node-1", NOW, before, NOW + 30, 10));
    }

    @Test
    default void aLostRunIsFencedOff() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).start(locks(em).claim("a", 1).orElseThrow(), "node-1", NOW, NOW + 10));
        database().run(em -> transitions(em).lose(records(em).lock("a").orElseThrow(), NOW + 11, ERROR));

        assertThat(database().<Boolean>in(em -> transitions(em).end(ended(1), TaskState.SUCCESS, "1", null)))
                .isFalse();
        assertThat(database().<Boolean>in(em -> with(em, new RunReports()).renew("a", 1, "node-1", NOW + 99, null)))
                .isFalse();
        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("a").retries()).isZero();
        assertThat(find("a").runs())
                .singleElement()
                .extracting(TaskInfo.Run::number)
                .isEqualTo(1);
        database().run(em -> assertThat(locks(em).claim("a", 2)).isPresent());
    }

    @Test
    default void aNodeThatStopsReleasesItsTasks() throws Exception {
        insert(task("a", 4, NOW), task("b", 4, NOW), task("later", 4, NOW + 99), task("other", 4, NOW));
        database().run(em -> {
            transitions(em).lease(List.of(records(em).lock("a").orElseThrow()), "node-1", NOW + 50);
            transitions(em).lease(List.of(records(em).lock("other").orElseThrow()), "node-2", NOW + 50);
            transitions(em).start(locks(em).claim("b", 1).orElseThrow(), "node-1", NOW, NOW + 50);
        });

        assertThat(NodeRelease.all(database().dataSource(), "node-1", NOW + 1)).isEqualTo(2);

        database().run(em -> assertThat(locks(em).claim("a", 1)).isPresent());
        assertThat(find("b").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("b").runs())
                .singleElement()
                .extracting(run -> run.error().message())
                .isEqualTo("The node was stopped while it ran the task.");
        assertThat(database()
                        .<Boolean>in(em -> transitions(em)
                                .end(new Ended("b", 1, "node-1", NOW, NOW, null), TaskState.SUCCESS, "1", null)))
                .as("the run that was cut off is fenced off")
                .isFalse();
        database().run(em -> assertThat(due(em).lockHeldBy("node-2", NOW, 9)).hasSize(1));
        assertThat(NodeRelease.all(database().dataSource(), "node-1", NOW + 1)).isZero();
    }

    @Test
    default void oneMoreRunStartsAfreshAndKeepsTheHistory() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).end(ended(1), TaskState.FAILURE, null, ERROR));
        database()
                .run(em -> with(em, new ControlRecords())
                        .runAgain(records(em).lock("a").orElseThrow(), "ann", NOW + 50));

        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("a").retries()).isEqualTo(1);
        assertThat(find("a").runs())
                .singleElement()
                .extracting(TaskInfo.Run::state)
                .isEqualTo(TaskState.FAILURE);
        database().run(em -> assertThat(locks(em).claim("a", 2)).isPresent());
    }
}
