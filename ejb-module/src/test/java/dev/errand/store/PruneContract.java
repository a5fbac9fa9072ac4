package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskState;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.TaskTransitions.Changes;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pruning of old tasks and requests, in chunks, while others work. */
interface PruneContract extends StoreSteps {
    @Test
    default void pruningDoesNotWaitForRunningTasks() {
        insert(IntStream.range(0, 120).mapToObj(i -> task("t" + i, 4, NOW)).toArray(TaskRecord[]::new));
        database()
                .run(em -> IntStream.range(1, 100)
                        .forEach(i -> transitions(em).end(ended("t" + i, 1), TaskState.SUCCESS, null, null)));
        try (Database.Tx run = database().begin()) {
            assertThat(locks(run.em).claim("t0", 1)).isPresent();

            assertThat(prune(TaskState.SUCCESS, NOW + 5)).isEqualTo(99);
        }
    }

    @Test
    default void aTaskThatIsBeingRetriedIsNotPruned() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).end(ended("a", 1), TaskState.FAILURE, null, ERROR));
        database().run(em -> transitions(em).end(ended("b", 1), TaskState.FAILURE, null, ERROR));
        try (Database.Tx other = database().begin()) {
            control(other.em).runAgain(lock(other.em, "a"), "ann", NOW + 9);
            assertThat(prune(TaskState.FAILURE, NOW + 5)).isEqualTo(1);
            other.commit();
        }
        assertThat(prune(TaskState.FAILURE, NOW + 5)).isZero();
        assertThat(find("a").runs()).isNotEmpty();
        assertThat(find("b")).isNull();
    }

    @Test
    default void nodesThatPruneAtOnceDoNotWaitForEachOther() {
        succeeded(7, NOW);
        try (Database.Tx one = database().begin()) {
            assertThat(prune(one.em, NOW, 4).tasks()).isEqualTo(4);
            assertThat(prune(TaskState.SUCCESS, NOW + 5)).isEqualTo(3);
            one.commit();
        }
        assertThat(prune(TaskState.SUCCESS, NOW + 5)).isZero();
    }

    @Test
    default void aChunkBeginsWhereTheLastHasEndedAndReadsNoMoreThanItTakes() {
        insertMany();
        database()
                .run(em -> em.createNativeQuery("UPDATE errand_task SET finished_at = " + (NOW + 9) + ", created_at = "
                                + NOW + " WHERE state = 'SUCCESS'")
                        .executeUpdate());
        succeeded(4, NOW + 1);
        succeeded(4, NOW + 2);
        try (Database.Tx pruning = database().begin()) {
            long before = entriesRead(pruning.em);
            OldRecords.Pruned first = prune(pruning.em, NOW + 1, 4);
            assertThat(first).isEqualTo(new OldRecords.Pruned(4, NOW + 1));
            assertThat(prune(pruning.em, first.createdTo(), 4)).isEqualTo(new OldRecords.Pruned(4, NOW + 2));
            assertThat(prune(pruning.em, NOW + 2, 4)).isEqualTo(new OldRecords.Pruned(0, NOW + 2));
            assertThat(entriesRead(pruning.em) - before).isLessThan(1_000);
        }
    }

    default void succeeded(int tasks, long createdAt) {
        for (int i = 0; i < tasks; i++) {
            String id = createdAt + "-" + i;
            insert(new TaskRecord(id, "t.t", "default", 4, null, null, null, createdAt, createdAt, null));
            database().run(em -> transitions(em).end(ended(id, 1), TaskState.SUCCESS, null, null));
        }
    }

    default OldRecords.Pruned prune(EntityManager em, long createdFrom, int limit) {
        return with(em, new OldRecords()).prune(TaskState.SUCCESS, createdFrom, NOW + 5, limit);
    }

    @Test
    default void allTasksThatAreOldEnoughArePrunedAndNoOthers() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).retry(ended(1), ERROR, NOW, Changes.NONE));
        database().run(em -> with(em, new RunReports()).log("a", 1, List.of(new RunReports.Line(1, NOW, "line"))));
        database().run(em -> transitions(em).end(ended(2), TaskState.SUCCESS, null, null));
        database().run(em -> control(em).requestRevocation("a", "ann", NOW));
        database().run(em -> control(em).requestRevocation("b", "ann", NOW));

        assertThat(prune(TaskState.SUCCESS, NOW + 4)).isZero();
        assertThat(prune(TaskState.FAILURE, NOW + 99)).isZero();
        assertThat(prune(TaskState.SUCCESS, NOW + 5)).isEqualTo(1);
        assertThat(find("a")).isNull();
        assertThat(find("b")).isNotNull();
        for (String table : List.of("RunRecord", "LogRecord")) {
            assertThat(database()
                            .<Long>in(em -> em.createQuery("SELECT COUNT(h) FROM " + table + " h", Long.class)
                                    .getSingleResult()))
                    .isZero();
        }
        assertThat(database()
                        .<List<String>>in(em -> em.createQuery("SELECT a.taskId FROM AuditRecord a", String.class)
                                .getResultList()))
                .containsExactly("b");
    }

    default int prune(TaskState state, long before) {
        return database()
                .in(em -> with(em, new OldRecords())
                        .prune(state, Long.MIN_VALUE, before, 500)
                        .tasks());
    }

    @Test
    default void aFinishedTaskIsNotRevokedEvenWhileItIsPruned() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).end(ended("a", 1), TaskState.SUCCESS, null, null));
        database().run(em -> transitions(em).revoke(lock(em, "b"), NOW));
        try (Database.Tx pruning = database().begin()) {
            assertThat(prune(pruning.em, NOW, 4).tasks()).isEqualTo(1);
            assertThat(with(pruning.em, new OldRecords())
                            .prune(TaskState.REVOKED, NOW, NOW + 5, 4)
                            .tasks())
                    .isEqualTo(1);
            assertThat(database().<Revoke>in(em -> control(em).revoke("a", "ann", NOW + 9)))
                    .isEqualTo(Revoke.FINISHED);
            assertThat(database().<Revoke>in(em -> control(em).revoke("b", "ann", NOW + 9)))
                    .isEqualTo(Revoke.DONE_BEFORE);
            pruning.commit();
        }
        assertThat(database().<Revoke>in(em -> control(em).revoke("a", "ann", NOW + 9)))
                .isEqualTo(Revoke.UNKNOWN);
        assertThat(rows("errand_audit")).isZero();
        assertThat(rows("errand_revocation")).isZero();
    }

    @Test
    default void aRequestToRevokeGoesWhenItsTaskIsFinishedOrGoneAndNotBefore() {
        insert(task("over", 4, NOW), task("waits", 4, NOW));
        for (String id : List.of("over", "waits", "gone")) {
            database().run(em -> control(em).requestRevocation(id, "ann", NOW));
        }
        database().run(em -> transitions(em).end(ended("over", 1), TaskState.SUCCESS, null, null));

        assertThat(pruneRevocations(NOW)).isZero();
        assertThat(pruneRevocations(NOW + 1)).isEqualTo(2);
        assertThat(pruneRevocations(NOW + 1)).isZero();
        database().run(em -> {
            assertThat(control(em).revocationRequested("waits")).isTrue();
            assertThat(control(em).revocationRequested("over")).isFalse();
        });
        assertThat(find("over").audit()).hasSize(2);
        assertThat(rows("errand_audit")).as("none of a task that is gone").isEqualTo(2);
    }

    default int pruneRevocations(long before) {
        return database().in(em -> with(em, new OldRecords()).pruneRevocations(before, 10));
    }
}
