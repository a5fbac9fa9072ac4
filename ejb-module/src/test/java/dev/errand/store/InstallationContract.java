package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.view.TaskQueries;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Two installations in one database: neither sees or changes what the other has. */
interface InstallationContract extends StoreSteps {
    /** Connects to a fresh database that has a schema of its own for a second user. */
    List<DataSource> withTwoSchemas() throws Exception;

    DataSource fresh(String name) throws Exception;

    @Test
    default void installationsWithDifferentPrefixesDoNotMeet() throws Exception {
        DataSource shared = fresh("prefixes");
        try (Database first = new Database(shared);
                Database second = new Database(shared, "a2345678901234567_9_")) {
            doNotMeet(first, second);
        }
        try (Database again = new Database(shared, "a2345678901234567_9_")) {
            assertThat(states(again)).containsExactly(TaskState.SUCCESS);
        }
    }

    @Test
    default void installationsInDifferentSchemasDoNotMeet() throws Exception {
        List<DataSource> schemas = withTwoSchemas();
        try (Database first = new Database(schemas.get(0));
                Database second = new Database(schemas.get(1))) {
            doNotMeet(first, second);
        }
    }

    private void doNotMeet(Database first, Database second) {
        for (Database each : List.of(first, second)) {
            each.run(em -> with(em, new QueueRecords()).add("default", NOW));
            each.run(em -> transitions(em).insert(List.of(task("same", 4, NOW))));
            each.run(em -> with(em, new NodeRecords())
                    .register(new NodeRow("n", "n", "a", "1", false, List.of("t.t"), List.of(), 16, 0, NOW, NOW)));
        }
        first.run(em -> with(em, new ControlRecords()).revoke("same", "ann", NOW));
        first.run(em -> assertThat(due(em).look(NOW).turns()).isEmpty());

        second.run(em -> due(em).look(NOW)
                .turns()
                .forEach(turn -> transitions(em).lease(due(em).lock(turn, NOW, 9), "n", NOW + 50)));
        second.run(em -> assertThat(due(em).lockHeldBy("n", NOW, 9)).hasSize(1));
        second.run(em -> {
            assertThat(locks(em).claim("same", 1)).isPresent();
            transitions(em).end(ended("same", 1), TaskState.SUCCESS, "1", null);
        });

        assertThat(states(first)).containsExactly(TaskState.REVOKED);
        assertThat(states(second)).containsExactly(TaskState.SUCCESS);
        first.run(em -> with(em, new OldRecords()).prune(TaskState.REVOKED, 0, NOW + 9, 9));
        assertThat(states(first)).isEmpty();
        assertThat(states(second)).hasSize(1);
    }

    private static List<TaskState> states(Database database) {
        return database.in(em -> with(em, new TaskQueries()).list(TaskFilter.all(), null).rows().stream()
                .map(row -> row.task().state())
                .toList());
    }
}
