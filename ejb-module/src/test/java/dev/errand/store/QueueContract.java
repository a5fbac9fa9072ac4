package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.HandlerHold;
import dev.errand.api.QueueSettings;
import dev.errand.api.TaskState;
import dev.errand.store.HandlerRecords.Hold;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The settings of queues, and task names that are paused. */
interface QueueContract extends StoreSteps {
    private static QueueRecords queues(EntityManager em) {
        return with(em, new QueueRecords());
    }

    private static HandlerRecords handlers(EntityManager em) {
        return with(em, new HandlerRecords());
    }

    private static TaskRecord of(String id, String task) {
        return new TaskRecord(id, task, "default", 4, null, null, null, NOW, NOW, null);
    }

    private void deployed(String task) {
        database().run(em -> with(em, new NodeRecords()).claim("shop", Set.of(task), Map.of(), NOW));
    }

    private Hold hold(String task) {
        return database().<Optional<Hold>>in(em -> handlers(em).find(task)).orElseThrow();
    }

    @Test
    default void theSettingsOfAQueueAreKeptAndAudited() {
        QueueSettings settings = new QueueSettings(2, 1, 1_000_000L, Duration.ofMillis(1_500));
        database().run(em -> queues(em).configure("default", settings, "ann", NOW));
        database().run(em -> queues(em).configure("new", QueueSettings.none().reserved(3), null, NOW));
        database().run(em -> queues(em).add("plain", NOW));

        assertThat(database().<Map<String, QueueSettings>>in(em -> queues(em).settings()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("default", settings, "new", QueueSettings.none().reserved(3)));
        assertThat(database()
                        .<QueueSettings>in(
                                em -> queues(em).find("default").orElseThrow().settings()))
                .isEqualTo(settings);
        assertThat(database()
                        .<Object>in(em -> em.createNativeQuery(
                                        "SELECT who FROM errand_audit WHERE action = 'SET'" + " AND queue = 'default'")
                                .getSingleResult()))
                .isEqualTo("ann");

        database().run(em -> queues(em).configure("default", QueueSettings.none(), "ann", NOW));
        assertThat(database().<Map<String, QueueSettings>>in(em -> queues(em).settings()))
                .containsOnlyKeys("new");
    }

    @Test
    default void aQueueWithSettingsIsNotPruned() {
        database().run(em -> queues(em).configure("set", QueueSettings.none().concurrency(1), "ann", NOW));
        database().run(em -> queues(em).add("plain", NOW));

        database().run(em -> queues(em).prune("", NOW + 9, Set.of(), 100));

        assertThat(database().<List<QueueRecord>>in(em -> queues(em).all()))
                .extracting(QueueRecord::name)
                .containsExactly("set");
    }

    @Test
    default void theUnfinishedTasksOfAQueueAreCountedUpToALimit() {
        deployed("t.t");
        TaskRecord ours = of("a", "t.t");
        ours.application("shop");
        insert(ours, of("b", "t.t"), of("c", "t.t"), of("d", "t.t"));
        database().run(em -> transitions(em).revoke(lock(em, "d"), NOW));

        assertThat(database().<Long>in(em -> queues(em).pending("default", 1_000)))
                .isEqualTo(3);
        assertThat(database().<Long>in(em -> queues(em).pending("default", 2))).isEqualTo(2);
        assertThat(database().<Long>in(em -> queues(em).pending("other", 1_000)))
                .isZero();
    }

    @Test
    default void heldTasksAreDueAgainWhenTheyAreLetGo() {
        insert(of("a", "t.held"), of("b", "t.held"), of("c", "t.other"));
        database().run(em -> transitions(em).hold(List.of(lock(em, "a"), lock(em, "b")), "t.held"));
        database().run(em -> transitions(em).hold(List.of(lock(em, "c")), "t.other"));

        assertThat(wakeAt("a")).isEqualTo(Held.wakeAt("t.held")).isGreaterThanOrEqualTo(Held.FROM);
        assertThat(database().<List<String>>in(em -> due(em).held(10))).containsExactlyInAnyOrder("t.held", "t.other");
        assertThat(database().<Boolean>in(em -> due(em).isHeld(List.of("shop", ""), "t.held")))
                .isTrue();
        assertThat(database().<Boolean>in(em -> due(em).isHeld(List.of("shop"), "t.held")))
                .isFalse();

        database().run(em -> {
            List<TaskRecord> locked = due(em).lockHeld("t.held", 10);
            assertThat(locked).extracting(TaskRecord::id).containsExactlyInAnyOrder("a", "b");
            transitions(em).letGo(locked);
        });

        assertThat(wakeAt("a")).isEqualTo(NOW);
        assertThat(wakeAt("c")).isEqualTo(Held.wakeAt("t.other"));
        assertThat(database().<List<String>>in(em -> due(em).held(10))).containsExactly("t.other");
    }

    @Test
    default void aHeldTaskIsNotFoundDueAndCanBeRevoked() {
        insert(of("a", "t.held"));
        database().run(em -> transitions(em).hold(List.of(lock(em, "a")), "t.held"));

        assertThat(database().<List<Turn>>in(em -> due(em).look(NOW + 1_000_000).turns()))
                .isEmpty();
        database().run(em -> control(em).revoke("a", "ann", NOW));
        assertThat(find("a").state()).isEqualTo(TaskState.REVOKED);
        assertThat(database().<List<String>>in(em -> due(em).held(10))).isEmpty();
    }

    @Test
    default void aQueueThatTheGateClosesIsNotSearched() {
        insert(of("a", "t.t"), new TaskRecord("b", "t.t", "closed", 4, null, null, null, NOW, NOW, null));

        List<Turn> turns = database().in(em -> {
            DueRecords due = due(em);
            due.finder.gate = queue -> !queue.equals("closed");
            return due.look(NOW + 1).turns();
        });

        assertThat(turns).flatExtracting(Turn::queues).containsExactly("default");
    }

    @Test
    default void aPausedNameIsKept() {
        deployed("t.t");
        assertThat(database().<Optional<Hold>>in(em -> handlers(em).find("t.unknown")))
                .isEmpty();
        assertThat(database().<Boolean>in(em -> handlers(em).pause("t.t", "ann", NOW)))
                .isTrue();
        assertThat(database().<Boolean>in(em -> handlers(em).pause("t.t", "bob", NOW + 1)))
                .as("is paused")
                .isFalse();

        assertThat(hold("t.t").info()).isEqualTo(new HandlerHold("t.t", true, "ann", Instant.ofEpochMilli(NOW), null));
        assertThat(hold("t.t").holds("any")).isTrue();
        assertThat(database().<List<Hold>>in(em -> handlers(em).holds())).hasSize(1);
        assertThat(database().<List<String>>in(em -> handlers(em).applications("t.t")))
                .containsExactly("shop");

        assertThat(database().<Boolean>in(em -> handlers(em).resume("t.t", "ann", NOW + 2)))
                .isTrue();
        assertThat(database().<Boolean>in(em -> handlers(em).resume("t.t", "ann", NOW + 3)))
                .isFalse();
        assertThat(database().<List<Hold>>in(em -> handlers(em).holds())).isEmpty();
        assertThat(database()
                        .<Number>in(em ->
                                (Number) em.createNativeQuery("SELECT COUNT(*) FROM errand_audit WHERE handler = 't.t'")
                                        .getSingleResult())
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    default void aFuseCountsTheFailuresOfOneKindWithinATime() {
        assertThat(fails("t.t", "A", 1_000, 0)).isEqualTo(1);
        assertThat(fails("t.t", "A", 2_000, 0)).isEqualTo(2);
        assertThat(fails("t.t", "B", 2_000, 0)).isEqualTo(1);
        assertThat(fails("t.other", "A", 2_000, 0)).isEqualTo(1);
        assertThat(fails("t.t", "A", 3_000, 1_500)).as("one is too old").isEqualTo(2);
    }

    private long fails(String task, String error, long now, long since) {
        return database().in(em -> handlers(em).failed(task, error, now, since));
    }

    @Test
    default void aFuseBlowsOnceAndClosesAfterItsProbe() {
        deployed("t.t");
        fails("t.t", "A", NOW, 0);
        assertThat(database().<Boolean>in(em -> handlers(em).blow("t.t", "A", NOW, NOW + 10)))
                .isTrue();
        assertThat(database().<Boolean>in(em -> handlers(em).blow("t.t", "A", NOW + 1, NOW + 11)))
                .isFalse();
        assertThat(rows("errand_fuse_failure")).isZero();
        assertThat(hold("t.t").holds("probe")).isTrue();
        assertThat(hold("t.t").probeDue(NOW + 9)).isFalse();
        assertThat(hold("t.t").probeDue(NOW + 10)).isTrue();

        assertThat(database().<Boolean>in(em -> handlers(em).probe("t.t", NOW + 10, "probe", NOW + 20)))
                .isTrue();
        assertThat(database().<Boolean>in(em -> handlers(em).probe("t.t", NOW + 10, "late", NOW + 20)))
                .as("another node was faster")
                .isFalse();
        assertThat(hold("t.t").holds("probe")).isFalse();
        assertThat(hold("t.t").holds("other")).isTrue();

        assertThat(database().<Boolean>in(em -> handlers(em).probeFailed("t.t", "probe", NOW + 30)))
                .isTrue();
        assertThat(hold("t.t").holds("probe")).isTrue();
        assertThat(database().<Boolean>in(em -> handlers(em).close("t.t", "probe", NOW)))
                .isFalse();

        database().run(em -> handlers(em).probe("t.t", NOW + 30, "again", NOW + 40));
        assertThat(database().<Boolean>in(em -> handlers(em).close("t.t", "again", NOW)))
                .isTrue();
        assertThat(database().<List<Hold>>in(em -> handlers(em).holds())).isEmpty();
    }
}
