package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.NodeSettings;
import dev.errand.store.NodeRecords.Claim;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several applications on the same tables: each task belongs to one of them. */
abstract class NodeContract extends DueContract {
    private static final long NOW = 1_000_000;

    private Map<String, Claim> claims() {
        return database().in(em -> with(em, new NodeRecords()).claims());
    }

    private boolean claim(String application, Map<String, Claim> found) {
        return database().in(em -> with(em, new NodeRecords()).claim(application, Set.of("t.t"), found, NOW));
    }

    private void insert(String id, String task, String application) {
        TaskRecord record = new TaskRecord(id, task, "default", 4, null, null, null, NOW, NOW, null);
        record.application(application);
        database().run(em -> with(em, new TaskTransitions()).insert(List.of(record)));
    }

    private static NodeRow node(String name, String application, long startedAt) {
        return new NodeRow(
                name, "server", application, "1", false, List.of("a.b", "c.d"), List.of(), 16, 0, startedAt, startedAt);
    }

    @Test
    void aTaskBelongsToTheApplicationThatClaimedItLast() {
        assertThat(claim("old", Map.of())).isTrue();
        assertThat(claim("late", Map.of())).as("it does not know of the claim").isFalse();
        assertThat(claims()).containsEntry("t.t", new Claim("t.t", "old", List.of()));

        Map<String, Claim> found = claims();
        assertThat(claim("new", found)).isTrue();
        assertThat(claim("late", found)).isFalse();
        assertThat(claims()).containsEntry("t.t", new Claim("t.t", "new", List.of("old")));

        assertThat(claim("newest", claims())).isTrue();
        assertThat(claims().get("t.t").movedFrom()).containsExactly("old", "new");
        database().run(em -> with(em, new NodeRecords()).moved(claims().get("t.t")));
        assertThat(claims()).containsEntry("t.t", new Claim("t.t", "newest", List.of()));
    }

    @Test
    void theWaitingTasksOfOneNameAreGivenToAnotherApplication() {
        insert("one", "t.t", "old");
        insert("other", "t.other", "old");

        database().run(em -> {
            DueRecords due = with(em, new DueRecords());
            with(em, new TaskTransitions()).assign(due.lockOf("old", "t.t", 9), "new");
        });

        database().run(em -> {
            DueRecords due = with(em, new DueRecords());
            assertThat(due.lockOf("new", "t.t", 9)).extracting(TaskRecord::id).containsExactly("one");
            assertThat(due.lockOf("old", "t.other", 9))
                    .extracting(TaskRecord::id)
                    .containsExactly("other");
        });
    }

    @Test
    void aFinishedTaskThatRunsAgainGoesToTheApplicationThatHasItsHandlerNow() {
        insert("one", "t.t", "old");
        claim("new", Map.of());
        database().run(em -> {
            TaskRecords records = with(em, new TaskRecords());
            TaskTransitions transitions = with(em, new TaskTransitions());
            transitions.revoke(records.lock("one").orElseThrow(), NOW);
        });
        database().run(em -> {
            TaskRecords records = with(em, new TaskRecords());
            with(em, new TaskTransitions()).runAgain(records.lock("one").orElseThrow(), NOW);
        });
        database()
                .run(em -> assertThat(with(em, new DueRecords()).lockOf("new", "t.t", 9))
                        .hasSize(1));
    }

    @Test
    void aNodeIsListedWithWhatItCanRun() {
        database().run(em -> with(em, new NodeRecords()).register(node("n1", "shop", NOW)));
        database().run(em -> with(em, new NodeRecords()).register(node("n1", "shop", NOW + 1)));
        database().run(em -> {
            NodeRecords nodes = with(em, new NodeRecords());
            assertThat(nodes.seen("n1", NOW, 16, 3, NOW + 5))
                    .as("an earlier start")
                    .isFalse();
            assertThat(nodes.seen("n1", NOW + 1, 16, 3, NOW + 5)).isTrue();
        });

        database().run(em -> {
            NodeRecords nodes = with(em, new NodeRecords());
            assertThat(nodes.nodes())
                    .containsExactly(new NodeRow(
                            "n1",
                            "server",
                            "shop",
                            "1",
                            false,
                            List.of("a.b", "c.d"),
                            List.of(),
                            16,
                            3,
                            NOW + 1,
                            NOW + 5));
            assertThat(nodes.isRunnable("a.b", NOW + 5)).isTrue();
            assertThat(nodes.isRunnable("a.b", NOW + 60_000)).as("dead").isFalse();
            assertThat(nodes.isRunnable("a", NOW + 5)).isFalse();
        });
    }

    @Test
    void aNodeThatStopsIsNoLongerListed() throws Exception {
        database().run(em -> with(em, new NodeRecords()).register(node("n1", "shop", NOW)));

        NodeRelease.all(database().dataSource(), "n1", NOW);

        assertThat(nodes()).isEmpty();
        assertThat(database()
                        .<Number>in(em -> (Number) em.createNativeQuery("SELECT COUNT(*) FROM errand_node")
                                .getSingleResult())
                        .intValue())
                .isZero();
    }

    private List<NodeRow> nodes() {
        return database().in(em -> with(em, new NodeRecords()).nodes());
    }

    private boolean configure(String node, NodeSettings settings) {
        return database().in(em -> with(em, new NodeRecords()).configure(node, settings, "ann", NOW));
    }

    private NodeSettings settings() {
        return database().in(em -> with(em, new NodeRecords()).settings("n1")).orElse(null);
    }

    @Test
    void theSettingsOfANodeAreKeptOverRestarts() throws Exception {
        NodeSettings three = NodeSettings.none().concurrency(3);
        NodeSettings queues = NodeSettings.none().queues(List.of("mail", "bulk"));
        assertThat(configure("n1", three)).as("no such node").isFalse();
        database().run(em -> with(em, new NodeRecords()).register(node("n1", "shop", NOW)));
        assertThat(settings()).isEqualTo(NodeSettings.none());
        assertThat(configure("n1", three)).isTrue();
        assertThat(settings()).isEqualTo(three);
        assertThat(configure("n1", queues)).isTrue();

        NodeRelease.all(database().dataSource(), "n1", NOW + 1);
        assertThat(nodes()).isEmpty();
        assertThat(configure("n1", three)).as("stopped").isFalse();
        database().run(em -> with(em, new NodeRecords()).forget(NOW + 2, NOW));
        assertThat(settings()).isEqualTo(queues);

        database().run(em -> with(em, new NodeRecords()).register(node("n1", "shop", NOW + 5)));
        assertThat(settings()).isEqualTo(queues);
        assertThat(nodes()).hasSize(1);

        database().run(em -> with(em, new NodeRecords()).forget(NOW + 6, NOW + 6));
        assertThat(settings()).as("forgotten").isNull();
    }

    @Test
    void theQueuesThatANodeServesAndItsStuckRunsAreListed() {
        NodeRow row = new NodeRow(
                "n1",
                "server",
                "shop",
                "1",
                false,
                List.of("a.b"),
                List.of("default"),
                16,
                0,
                NOW,
                NOW,
                new ServedQueues(Set.of("mail", "bulk"), Set.of("bulk")),
                List.of("id-1", "id-2"));

        database().run(em -> with(em, new NodeRecords()).register(row));

        assertThat(nodes()).containsExactly(row);
        assertThat(nodes().get(0).serves("mail")).isTrue();
        assertThat(nodes().get(0).serves("bulk")).isFalse();
        assertThat(nodes().get(0).serves("other")).isFalse();
        assertThat(nodes().get(0).serves("node:n1")).isTrue();
        assertThat(nodes().get(0).serves("node:n2")).isFalse();
    }
}
