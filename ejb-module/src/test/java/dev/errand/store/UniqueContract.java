package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.AuditAction;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.send.NamedSends;
import dev.errand.send.Sent;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.database.SqlErrors;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Unique keys: the answers to duplicates, and when a key is free. */
interface UniqueContract extends StoreSteps {
    int SENDERS = 8;
    int DUPLICATES = 1_000;

    TaskOptions KEY = TaskOptions.none().uniqueKey("key");

    default NamedSends named(EntityManager em, long now, String... running) {
        return new NamedSends(
                with(em, new KeyHolders()),
                records(em),
                transitions(em),
                control(em),
                Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC),
                Set.of(running));
    }

    default TaskRecord keyed(String id, String argument, long dueAt) {
        return new TaskRecord(id, "t.t", "default", 4, null, "key", argument, NOW, dueAt, null);
    }

    default Sent send(TaskRecord record, TaskOptions options) {
        return database().in(em -> named(em, NOW).send(record, options));
    }

    default void refused(TaskRecord record, TaskOptions options, String... says) {
        assertThatThrownBy(() -> send(record, options))
                .isInstanceOf(DuplicateTaskException.class)
                .hasMessageContainingAll(says);
    }

    @Test
    default void aDuplicateIsRefusedKeptOrTakesThePlace() {
        assertThat(send(keyed("a", "1", NOW), KEY)).isEqualTo(new Sent("a", true));

        refused(keyed("b", "2", NOW), KEY, "\"a\"", "\"key\"", "not finished");
        assertThat(send(keyed("b", "2", NOW), KEY.onDuplicate(OnDuplicate.KEEP)))
                .isEqualTo(new Sent("a", false));
        assertThat(find("a").argument()).isEqualTo(1);
        assertThat(send(keyed("b", "2", NOW + 60_000), KEY.onDuplicate(OnDuplicate.REPLACE)))
                .isEqualTo(new Sent("a", false));

        TaskInfo replaced = find("a");
        assertThat(replaced.argument()).isEqualTo(2);
        assertThat(replaced.dueAt().toEpochMilli()).isEqualTo(NOW + 60_000);
        assertThat(wakeAt("a")).isEqualTo(NOW + 60_000);
        assertThat(replaced.audit()).contains(audit(NOW, null, AuditAction.CHANGE));
        assertThat(rows("errand_task")).isEqualTo(1);
    }

    @Test
    default void anIdIsADuplicateAsWell() {
        TaskOptions id = TaskOptions.none().id("a");
        insert(task("a", 4, NOW));
        TaskRecord same = task("a", 4, NOW + 5);

        refused(same, id, "the id \"a\" exists");
        assertThat(send(same, id.onDuplicate(OnDuplicate.KEEP)).added()).isFalse();
        assertThat(send(same, id.onDuplicate(OnDuplicate.REPLACE)).added()).isFalse();
        assertThat(find("a").dueAt().toEpochMilli()).isEqualTo(NOW + 5);
        database().run(em -> transitions(em).end(ended(1), TaskState.SUCCESS, null, null));
        assertThat(send(same, id.onDuplicate(OnDuplicate.KEEP)).added()).isFalse();
        refused(same, id.onDuplicate(OnDuplicate.REPLACE), "exists");
    }

    /** The message of the node that was about to start it is of a run that is no longer there. */
    @Test
    default void aReplacedTaskDoesNotStartByTheOldMessage() {
        TaskRecord leased = keyed("a", "1", NOW);
        leased.leaseTo("node-1", NOW + 30_000);
        insert(leased);

        send(keyed("b", "2", NOW + 60_000), KEY.onDuplicate(OnDuplicate.REPLACE));

        database().run(em -> {
            assertThat(locks(em).claim("a", 1)).isEmpty();
            assertThat(locks(em).claim("a", 2).orElseThrow().argument()).isEqualTo("2");
        });
        assertThat(find("a").node()).isNull();
    }

    @Test
    default void aTaskThatRunsIsNotReplaced() {
        send(keyed("a", "1", NOW), KEY);
        TaskOptions replace = KEY.onDuplicate(OnDuplicate.REPLACE);
        database().run(em -> {
            // its own handler sends, in the transaction that has locked it
            TaskRecord claimed = locks(em).claim("a", 1).orElseThrow();
            assertThatThrownBy(() -> named(em, NOW, "a").send(keyed("b", "2", NOW), replace))
                    .isInstanceOf(DuplicateTaskException.class)
                    .hasMessageContaining("\"a\" has the unique key \"key\", and runs");
            transitions(em).succeed(List.of(new Success(ended(claimed.run()), "1")));
        });
        assertThat(send(keyed("b", "2", NOW), replace)).isEqualTo(new Sent("b", true));

        database().run(em -> transitions(em).start(lock(em, "b"), "node-1", NOW, NOW + 1));
        refused(keyed("c", "3", NOW), replace, "\"b\"", "runs");
        refused(keyed("c", "3", NOW), KEY.debounce(Duration.ofSeconds(1), Duration.ofSeconds(9)), "\"b\"", "runs");
        assertThat(send(keyed("c", "3", NOW), KEY.onDuplicate(OnDuplicate.KEEP)).id())
                .isEqualTo("b");
    }

    @Test
    default void aParkedHolderIsNamedAndCanBeReplaced() {
        TaskRecord parked = keyed("a", "1", NOW);
        parked.park();
        insert(parked);

        refused(keyed("b", "2", NOW), KEY, "\"a\"", "is PARKED", "\"t.t\"");
        send(keyed("b", "2", NOW + 7), KEY.onDuplicate(OnDuplicate.REPLACE));
        assertThat(find("a").state()).isEqualTo(TaskState.PARKED);
        assertThat(find("a").argument()).isEqualTo(2);
        assertThat(wakeAt("a")).isNull();
    }

    @Test
    default void aKeyOfAnotherTaskIsRefusedInAnyCase() {
        send(keyed("a", "1", NOW), KEY);
        TaskRecord other = new TaskRecord("b", "t.other", "default", 4, null, "key", null, NOW, NOW, null);
        for (OnDuplicate answer : List.of(OnDuplicate.KEEP, OnDuplicate.REPLACE)) {
            refused(other, KEY.onDuplicate(answer), "\"t.t\"");
        }
    }

    @Test
    default void aDebouncedTaskMovesAndEndsAtItsLongestWait() {
        TaskOptions debounce = KEY.debounce(Duration.ofSeconds(5), Duration.ofSeconds(12));
        send(keyed("a", "1", NOW + 5_000), debounce);

        for (long after : new long[] {4_000, 8_000, 11_000}) {
            TaskRecord next = new TaskRecord(
                    "n" + after,
                    "t.t",
                    "default",
                    4,
                    null,
                    "key",
                    Long.toString(after),
                    NOW + after,
                    NOW + after + 5_000,
                    null);
            assertThat(send(next, debounce).id()).isEqualTo("a");
            assertThat(wakeAt("a")).isEqualTo(NOW + Math.min(after + 5_000, 12_000));
        }
        assertThat(find("a").argument()).isEqualTo(11_000);
        assertThat(find("a").audit()).hasSize(1);
    }

    @Test
    default void aKeyStaysTakenAfterSuccessOnlyForItsTime() {
        TaskRecord first = keyed("a", "1", NOW);
        first.uniqueUntil(NOW + 1_000);
        send(first, KEY.uniqueFor(Duration.ofSeconds(1)));
        database().run(em -> transitions(em).succeed(List.of(new Success(ended("a", 1), "1"))));

        refused(
                keyed("b", "2", NOW),
                KEY,
                "\"a\"",
                "is finished",
                Instant.ofEpochMilli(NOW + 1_000).toString());
        refused(keyed("b", "2", NOW), KEY.onDuplicate(OnDuplicate.REPLACE), "is finished");
        assertThat(send(keyed("b", "2", NOW), KEY.onDuplicate(OnDuplicate.KEEP)).id())
                .isEqualTo("a");

        Sent later = database().in(em -> named(em, NOW + 1_000).send(keyed("b", "2", NOW), KEY));
        assertThat(later).isEqualTo(new Sent("b", true));
    }

    @Test
    default void aKeyIsFreeAfterFailureAndRevocation() {
        for (TaskState state : List.of(TaskState.FAILURE, TaskState.REVOKED)) {
            TaskRecord record = keyed(state.name(), "1", NOW);
            record.uniqueUntil(NOW + 1_000_000);
            assertThat(send(record, KEY).added()).isTrue();
            database().run(em -> transitions(em).end(ended(state.name(), 1), state, null, null));
        }
        assertThat(send(keyed("b", "2", NOW), KEY).added()).isTrue();
    }

    @Test
    default void aKeyIsFreeAfterTheTaskIsDeleted() {
        TaskRecord record = keyed("a", "1", NOW);
        record.uniqueUntil(NOW + 1_000_000);
        send(record, KEY);
        database().run(em -> {
            transitions(em).end(ended("a", 1), TaskState.SUCCESS, null, null);
            control(em).requestRevocation("a", "ann", NOW);
        });

        database().run(em -> with(em, new OldRecords()).delete("a"));

        assertThat(find("a")).isNull();
        assertThat(rows("errand_audit")).isZero();
        assertThat(send(keyed("a", "2", NOW), KEY).added()).isTrue();
    }

    /** The index decides: each sender finds the task of the first one, or makes it. */
    @Test
    default void ofAThousandDuplicatesAtOnceThereIsOneTask() throws Exception {
        for (TaskOptions options : List.of(
                KEY,
                KEY.onDuplicate(OnDuplicate.KEEP),
                KEY.onDuplicate(OnDuplicate.REPLACE),
                KEY.debounce(Duration.ofMinutes(5), Duration.ofHours(1)))) {
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            Set<String> ids = new HashSet<>();
            try {
                List<Future<String>> sent = new ArrayList<>();
                for (int i = 0; i < DUPLICATES; i++) {
                    String number = Integer.toString(i);
                    sent.add(senders.submit(() -> sendAtOnce(keyed("n" + number, number, NOW + 60_000), options)));
                }
                for (Future<String> id : sent) {
                    ids.add(id.get());
                }
            } finally {
                senders.shutdownNow();
            }
            ids.remove("refused");
            assertThat(ids).as(options.toString()).hasSize(1);
            assertThat(rows("errand_task")).isEqualTo(1);
            String id = ids.iterator().next();
            database().run(em -> transitions(em).revoke(lock(em, id), NOW));
            database().run(em -> with(em, new OldRecords()).delete(id));
        }
    }

    private String sendAtOnce(TaskRecord record, TaskOptions options) {
        while (true) {
            try {
                return send(record, options).id();
            } catch (DuplicateTaskException e) {
                assertThat(e.getMessage()).contains("not finished");
                return "refused";
            } catch (PersistenceException e) {
                // as the sender does without a transaction of its caller
                if (!SqlErrors.conflict(e)) {
                    throw e;
                }
            }
        }
    }

    @Test
    default void aListIsSentAsAWhole() {
        TaskOptions keep = KEY.onDuplicate(OnDuplicate.KEEP);
        List<Sent> sent = database()
                .in(em -> named(em, NOW)
                        .sendAll(
                                List.of(
                                        task("p", 4, NOW),
                                        keyed("a", "1", NOW),
                                        task("q", 4, NOW),
                                        keyed("b", "2", NOW)),
                                List.of(TaskOptions.none(), keep, TaskOptions.none(), keep)));
        assertThat(sent)
                .containsExactly(new Sent("p", true), new Sent("a", true), new Sent("q", true), new Sent("a", false));

        assertThatThrownBy(() -> database()
                        .in(em -> named(em, NOW)
                                .sendAll(
                                        List.of(task("r", 4, NOW), keyed("b", "2", NOW)),
                                        List.of(TaskOptions.none(), KEY))))
                .isInstanceOfSatisfying(
                        DuplicateTaskException.class, e -> assertThat(e.index()).isEqualTo(1))
                .hasMessageStartingWith("tasks[1]: ")
                .hasMessageContaining("\"a\"");
        assertThat(find("r")).isNull();
    }

    @Test
    default void tasksAreFoundByTheirLabels() {
        insert(
                task("a", 4, NOW).labels("Report of May", List.of("eu", "nightly")),
                task("b", 4, NOW).labels("Report of June", List.of("eu")).schedule("report"),
                task("order-1", 4, NOW).timeLimit(5_000L));

        assertThat(list(TaskFilter.all().title("May"))).containsExactly("a");
        assertThat(list(TaskFilter.all().title("may"))).isEmpty();
        assertThat(list(TaskFilter.all().tag("eu"))).containsExactly("b", "a");
        assertThat(list(TaskFilter.all().tag("eu").tag("nightly"))).containsExactly("a");
        assertThat(list(TaskFilter.all().tag("e"))).isEmpty();
        assertThat(list(TaskFilter.all().schedule("report"))).containsExactly("b");
        assertThat(list(TaskFilter.all().id("order-"))).containsExactly("order-1");
        assertThat(list(TaskFilter.all().id("rder"))).isEmpty();
        assertThat(list(TaskFilter.all().title("\0"))).isEmpty();
        assertThat(list(TaskFilter.all().tag("\ud800"))).isEmpty();
        TaskInfo task = find("a");
        assertThat(task.title()).isEqualTo("Report of May");
        assertThat(task.tags()).containsExactly("eu", "nightly");
        assertThat(find("b").schedule()).isEqualTo("report");
        assertThat(find("order-1").timeLimit()).isEqualTo(Duration.ofSeconds(5));
        database().run(em -> {
            assertThat(lock(em, "a").tags()).containsExactly("eu", "nightly");
            assertThat(locks(em).claim("order-1", 1).orElseThrow().timeLimit()).isEqualTo(5_000);
        });
    }

    @Test
    default void aWaitingTaskIsChangedAndNoOther() {
        insert(task("a", 4, NOW));
        database().run(em -> {
            TaskRecord record = lock(em, "a");
            control(em).change(record, new TaskTransitions.Waiting("7", "bulk", 9, NOW + 5, null), "ann", NOW);
        });
        TaskInfo changed = find("a");
        assertThat(changed.argument()).isEqualTo(7);
        assertThat(changed.queue()).isEqualTo("bulk");
        assertThat(changed.priority()).isEqualTo(9);
        assertThat(changed.audit()).contains(audit(NOW, "ann", AuditAction.CHANGE));

        database().run(em -> transitions(em).start(lock(em, "a"), "node-1", NOW, NOW + 1));
        database()
                .run(em -> transitions(em)
                        .change(lock(em, "a"), new TaskTransitions.Waiting("8", "bulk", 9, NOW + 5, null)));
        assertThat(find("a").argument()).isEqualTo(7);
    }
}
