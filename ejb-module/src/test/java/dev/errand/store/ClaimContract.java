package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.TaskLocks.Locked;
import dev.errand.store.TaskTransitions.Success;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The claim of due tasks, one by one and in batches. */
interface ClaimContract extends StoreSteps {
    Due NOTHING = new Due(List.of(), OptionalLong.empty());

    @Test
    default void oneTransactionClaimsARunAndTheOthersSkipIt() {
        insert(task("a", 4, NOW));
        try (Database.Tx first = database().begin();
                Database.Tx second = database().begin()) {
            assertThat(locks(first.em).claim("a", 1)).isPresent();
            assertThat(locks(second.em).claim("a", 1)).isEmpty();
            assertThat(records(second.em).lock("a")).isEmpty();
            transitions(first.em).end(ended(1), TaskState.SUCCESS, "42", null);
            first.commit();
        }
        database().run(em -> assertThat(locks(em).claim("a", 1)).isEmpty());
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(find("a").result()).isEqualTo(42);
        assertThat(find("a").progress()).isEqualTo(new TaskInfo.Progress(3, 4, "nearly"));
        assertThat(find("a").runs()).hasSize(1);
    }

    /** A transaction sees a pause that was committed after its first statement: otherwise it would start the tasks that it has found. */
    @Test
    default void aPauseIsSeenInATransactionThatHasBegunBeforeIt() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        try (Database.Tx single = database().begin();
                Database.Tx batch = database().begin()) {
            assertThat(locks(single.em).claim("a", 1)).isPresent();
            Turn turn = locks(batch.em).due(NOW).get(0);
            assertThat(locks(batch.em).lockDue(turn, NOW, 10)).hasSize(1);
            assertThat(locks(single.em).isPaused("default")).isFalse();
            assertThat(locks(batch.em).isPaused("default")).isFalse();

            database()
                    .run(em -> assertThat(with(em, new QueueRecords()).pause("default", true, "ann", NOW))
                            .isTrue());

            assertThat(locks(single.em).isPaused("default")).isTrue();
            assertThat(locks(batch.em).isPaused("default")).isTrue();
            assertThat(locks(batch.em).isPaused("other")).isFalse();
            assertThat(locks(batch.em).due(NOW)).isEmpty();
        }
        database().run(em -> assertThat(locks(em).claim("a", 1)).isEmpty());
    }

    @Test
    default void manyTasksAreClaimedAndEndAtOnceAndOthersSkipThem() {
        insert(
                task("a", 4, NOW - 5),
                task("c", 4, NOW - 4),
                task("d", 4, NOW - 3),
                task("b", 4, NOW - 2),
                task("e", 4, NOW - 1));
        database().run(em -> with(em, new ControlRecords()).requestRevocation("d", "ann", NOW));
        try (Database.Tx other = database().begin();
                Database.Tx batch = database().begin()) {
            assertThat(locks(other.em).claim("c", 1)).isPresent();
            Turn turn = locks(batch.em).due(NOW).get(0);
            assertThat(locks(batch.em).lockDue(turn, NOW, 3))
                    .extracting(locked -> locked.record().id(), Locked::revoked)
                    .containsExactlyInAnyOrder(tuple("a", false), tuple("d", true), tuple("b", false));
            assertThat(locks(other.em).claim("b", 1)).as("locked").isEmpty();
            assertThat(locks(other.em).claim("e", 1)).as("not locked").isPresent();
            transitions(batch.em)
                    .succeed(List.of(
                            new Success(ended("a", 1), "42"),
                            new Success(new Ended("b", 1, "node-1", NOW + 1, NOW + 5, null), null)));
            batch.commit();
        }
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(find("a").result()).isEqualTo(42);
        assertThat(find("a").startedAt().toEpochMilli()).isEqualTo(NOW + 1);
        assertThat(find("a").progress()).isEqualTo(new TaskInfo.Progress(3, 4, "nearly"));
        assertThat(find("b").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(find("b").progress()).isNull();
        assertThat(find("c").state()).isEqualTo(TaskState.PENDING);
        database().run(em -> assertThat(due(em).look(NOW + 3_600_000).turns()).hasSize(1));
    }

    @Test
    default void aPausedQueueOrARevocationKeepsARunFromBeingClaimed() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> with(em, new ControlRecords()).requestRevocation("b", "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("b", 1)).isEmpty());

        database().run(em -> with(em, new QueueRecords()).pause("default", true, "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("a", 1)).isEmpty());
        database().run(em -> assertThat(due(em).look(NOW)).isEqualTo(NOTHING));

        database().run(em -> with(em, new QueueRecords()).pause("default", false, "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("a", 1)).isPresent());
    }

    @Test
    default void theHighestPriorityIsFirstAndWithinItTheLongestDue() {
        insert(
                task("low", 0, NOW - 10),
                task("late", 9, NOW - 1),
                task("early", 9, NOW - 2),
                task("later", 4, NOW + 7));

        database().run(em -> {
            List<String> order = new ArrayList<>();
            Due look = due(em).look(NOW);
            for (Turn turn : look.turns()) {
                due(em).lock(turn, NOW, 10).forEach(record -> order.add(record.id()));
            }
            assertThat(order).containsExactly("early", "late", "low");
            assertThat(look.later()).hasValue(NOW + 7);
        });
    }

    @Test
    default void twoNodesNeverTakeTheSameDueRecord() {
        insert(IntStream.range(0, 10).mapToObj(i -> task("t" + i, 4, NOW)).toArray(TaskRecord[]::new));
        try (Database.Tx first = database().begin();
                Database.Tx second = database().begin()) {
            Turn turn = due(first.em).look(NOW).turns().get(0);
            List<TaskRecord> mine = due(first.em).lock(turn, NOW, 6);
            List<TaskRecord> yours = due(second.em).lock(turn, NOW, 10);
            assertThat(mine).hasSize(6);
            assertThat(yours).hasSize(4).doesNotContainAnyElementsOf(mine);
            transitions(first.em).lease(mine, "node-1", NOW + 100);
            transitions(second.em).lease(yours, "node-2", NOW + 100);
            first.commit();
            second.commit();
        }
        database().run(em -> assertThat(due(em).look(NOW)).isEqualTo(new Due(List.of(), OptionalLong.of(NOW + 100))));
        database().run(em -> assertThat(due(em).lockHeldBy("node-1", NOW, 100)).hasSize(6));
    }

    @Test
    default void theSweepReadsAndLocksNoMoreThanItTakes() throws Exception {
        insertMany();
        awaitStatistics();
        try (Database.Tx sweep = database().begin();
                Database.Tx others = database().begin()) {
            long before = entriesRead(sweep.em);
            Due look = due(sweep.em).look(NOW + MANY / 2);
            assertThat(look)
                    .isEqualTo(new Due(
                            List.of(new Turn("", 4, List.of("default"), 1)), OptionalLong.of(NOW + MANY / 2 + 1)));
            assertThat(due(sweep.em).lock(look.turns().get(0), NOW + MANY / 2, 100))
                    .hasSize(100)
                    .allMatch(record -> record.wakeAt() < NOW + 100);
            assertThat(entriesRead(sweep.em) - before).isLessThan(1_000);

            assertThat(others.em
                            .createNativeQuery(
                                    "SELECT id FROM errand_task WHERE wake_at IS NOT NULL FOR UPDATE SKIP LOCKED")
                            .getResultList())
                    .hasSize(MANY - 100);
            insert(task("sent meanwhile", 4, NOW + 50));
        }
    }
}
