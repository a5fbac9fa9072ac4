package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.TaskTransitions.Changes;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The requests of users, by many at once, and their audit. */
interface ControlContract extends StoreSteps {
    @Test
    default void theAuditOfATaskIsKeptWithIt() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> control(em).revoke("a", "bob", NOW + 1));
        database().run(em -> control(em).runAgain(lock(em, "a"), null, NOW + 2));
        database()
                .run(em -> transitions(em)
                        .retry(new Ended("a", 2, "node-1", NOW + 2, NOW + 3, null), ERROR, NOW + 9, Changes.NONE));
        // the same time: the order of the actions is kept
        database().run(em -> control(em).dueNow(lock(em, "a"), "cleo", NOW + 4));
        database()
                .run(em -> assertThat(control(em).requestRevocation("a", "bob", NOW + 4))
                        .isTrue());
        database()
                .run(em -> assertThat(control(em).requestRevocation("a", "dora", NOW + 5))
                        .as("has been asked for")
                        .isFalse());

        assertThat(find("a").audit())
                .containsExactly(
                        audit(NOW, "ann", AuditAction.SEND),
                        audit(NOW + 1, "bob", AuditAction.REVOKE),
                        audit(NOW + 2, null, AuditAction.RETRY),
                        audit(NOW + 4, "cleo", AuditAction.RETRY),
                        audit(NOW + 4, "bob", AuditAction.REVOKE));
        assertThat(find("b").audit()).containsExactly(audit(NOW, "ann", AuditAction.SEND));
    }

    int CALLERS = 8;

    /** The callers' answers: each has a transaction of its own, and all begin at the same moment. */
    default <T> List<T> atOnce(BiFunction<EntityManager, Integer, T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<T>> calls = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> (Callable<T>) () -> {
                        start.await();
                        return database().in(em -> call.apply(em, caller));
                    })
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void ofManySimultaneousRevocationsOneTakesEffectAndNoneFails() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = "t" + round;
            insert(task(id, 4, NOW));

            List<Revoke> answers = atOnce((em, caller) -> control(em).revoke(id, "c" + caller, NOW + 1));

            assertThat(answers)
                    .as("the first")
                    .filteredOn(answer -> answer == Revoke.REVOKED || answer == Revoke.ASKED)
                    .hasSize(1);
            assertThat(answers)
                    .as("the one that had the record locked")
                    .filteredOn(answer -> answer == Revoke.REVOKED || answer == Revoke.REVOKED_AT_LAST)
                    .hasSize(1);
            assertThat(find(id).state()).isEqualTo(TaskState.REVOKED);
            assertThat(find(id).audit())
                    .extracting(TaskInfo.Audit::action)
                    .containsExactly(AuditAction.SEND, AuditAction.REVOKE);
        }
    }

    @Test
    default void ofManySimultaneousRevocationsOfARunOneIsTheRequestAndNoneFails() throws Exception {
        insert(task("a", 4, NOW));
        try (Database.Tx run = database().begin()) {
            assertThat(locks(run.em).claim("a", 1)).isPresent();

            assertThat(atOnce((em, caller) -> control(em).revoke("a", "c" + caller, NOW + 1)))
                    .containsOnlyOnce(Revoke.ASKED)
                    .containsOnly(Revoke.ASKED, Revoke.DONE_BEFORE);
        }
        assertThat(find("a").audit()).hasSize(2);
        database().run(em -> assertThat(locks(em).claim("a", 1)).isEmpty());
        assertThat(database().<Revoke>in(em -> control(em).revoke("a", "ann", NOW + 2)))
                .as("the run has ended, and has left the task waiting")
                .isEqualTo(Revoke.REVOKED_AT_LAST);
        assertThat(find("a").audit()).hasSize(2);
    }

    @Test
    default void ofManySimultaneousRetriesWithOneUniqueKeyOneGetsTheKeyAndTheOthersAreRefused() throws Exception {
        for (int i = 0; i < CALLERS; i++) {
            String id = "t" + i;
            insert(new TaskRecord(id, "t.t", "default", 4, null, "key", null, NOW, NOW, null));
            database().run(em -> transitions(em).end(ended(id, 1), TaskState.FAILURE, null, ERROR));
        }
        CyclicBarrier checked = new CyclicBarrier(CALLERS);

        List<Boolean> retried = new ArrayList<>();
        atOnce((em, caller) -> {
            TaskRecord record = lock(em, "t" + caller);
            await(checked);
            boolean again = control(em).runAgain(record, "ann", NOW + 9);
            synchronized (retried) {
                retried.add(again);
            }
            if (!again) {
                em.getTransaction().setRollbackOnly();
            }
            return again;
        });

        assertThat(retried).hasSize(CALLERS).containsOnlyOnce(true);
        assertThat(list(TaskFilter.all().state(TaskState.PENDING))).hasSize(1);
    }

    default void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void aRowThatManyAddAtOnceIsThereOnceAndNoneFails() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "q" + round;
            assertThat(atOnce((em, caller) -> with(em, new QueueRecords()).add(name, NOW)))
                    .containsOnlyOnce(true);
            atOnce((em, caller) -> {
                with(em, new RunReports()).running(name, 1, "node-1", NOW, NOW + caller, null);
                return null;
            });
            // the second time it is there
            database()
                    .run(em -> with(em, new RunReports())
                            .running(name, 2, "node-2", NOW, NOW, new TaskInfo.Progress(1, 2, "more")));
        }
        assertThat(database().<List<String>>in(em -> with(em, new DueRecords()).runningOn("node-2")))
                .hasSize(10);
    }

    @Test
    default void aRolledBackChangeLeavesNoAudit() {
        insert(task("a", 4, NOW));
        try (Database.Tx tx = database().begin()) {
            control(tx.em).revoke("a", "bob", NOW + 1);
            with(tx.em, new QueueRecords()).pause("default", true, "bob", NOW);
            tx.em.flush();
        }

        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("a").audit()).hasSize(1);
        assertThat(queueAudit()).isEmpty();
    }

    @Test
    default void aQueueShowsTheUserAndTheTimeOfItsPause() {
        pause(true, "ann", NOW);
        pause(true, "bob", NOW + 1);
        assertThat(queue()).satisfies(queue -> {
            assertThat(queue.paused()).isTrue();
            assertThat(queue.pausedBy()).isEqualTo("ann");
            assertThat(queue.pausedAt().toEpochMilli()).isEqualTo(NOW);
        });

        pause(false, "bob", NOW + 2);
        assertThat(queue()).satisfies(queue -> {
            assertThat(queue.paused()).isFalse();
            assertThat(queue.pausedBy()).isNull();
            assertThat(queue.pausedAt()).isNull();
        });
        assertThat(queueAudit()).containsExactly("PAUSE default ann " + NOW, "RESUME default bob " + (NOW + 2));

        database().run(em -> with(em, new OldRecords()).pruneQueueAudit(NOW + 2));
        assertThat(queueAudit()).containsExactly("RESUME default bob " + (NOW + 2));
    }

    default void pause(boolean paused, String by, long now) {
        database().run(em -> with(em, new QueueRecords()).pause("default", paused, by, now));
    }

    default QueueRecord queue() {
        return database().in(em -> with(em, new QueueRecords()).all().get(0));
    }

    default List<String> queueAudit() {
        return database()
                .in(em -> em.createQuery(
                                "SELECT a FROM AuditRecord a WHERE a.queue IS NOT NULL ORDER BY a.at",
                                AuditRecord.class)
                        .getResultStream()
                        .map(record -> record.action + " " + record.queue + " " + record.who + " " + record.at)
                        .toList());
    }
}
