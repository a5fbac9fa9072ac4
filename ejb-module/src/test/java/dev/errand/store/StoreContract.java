package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.database.Dialect;
import dev.errand.store.schema.Schema;
import dev.errand.store.view.TaskQueries;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store on every database; a subclass per database. The tests are in an interface per theme. */
abstract class StoreContract extends IndexContract
        implements ClaimContract,
                OutcomeContract,
                ViewContract,
                PruneContract,
                ExpiryContract,
                ControlContract,
                InstallationContract,
                ScheduleContract,
                LimitContract,
                QueueContract,
                UniqueContract,
                WorkflowContract {
    @BeforeEach
    void emptyTables() throws Exception {
        database().empty();
        database().run(em -> with(em, new QueueRecords()).add("default", NOW));
    }

    @Test
    void aRecordComesBackAsItWasWritten() {
        insert(task("a", 4, NOW));

        TaskInfo task = find("a");
        assertThat(task.state()).isEqualTo(TaskState.PENDING);
        assertThat(task.argument()).isEqualTo("hello ü \0 😀");
        assertThat(task.createdAt().toEpochMilli()).isEqualTo(NOW);
        assertThat(task.sentBy()).isEqualTo("ann");
        assertThat(task.runs()).isEmpty();
    }

    /** PostgreSQL answers to a NUL in a question with an error. */
    @Test
    void noTaskIsFoundByATextThatIsNoName() {
        insert(task("a", 4, NOW));
        for (String text : List.of("", "a\0", "\0", "a\ud800", "\udc00a", "\u00e4", "a ", "a\n", "x".repeat(100_000))) {
            assertThat(find(text)).isNull();
            database().run(em -> {
                TaskQueries queries = with(em, new TaskQueries());
                assertThat(queries.list(TaskFilter.all().task(text), null).rows())
                        .isEmpty();
                assertThat(queries.list(TaskFilter.all().queue(text), null).rows())
                        .isEmpty();
                assertThat(records(em).lock(text)).isEmpty();
                assertThat(with(em, new QueueRecords()).pause(text, true, "ann", NOW))
                        .isFalse();
            });
        }
    }

    @Test
    void aMegabyteOfArgumentFits() {
        String text = '"' + "x".repeat(1024 * 1024) + '"';
        insert(new TaskRecord("a", "t.t", "default", 4, null, null, text, NOW, NOW, null));

        assertThat((String) find("a").argument()).hasSize(1024 * 1024);
    }

    @Test
    void theTableRefusesATakenIdAndATakenUniqueKey() {
        insert(new TaskRecord("a", "t.t", "default", 4, null, "key", null, NOW, NOW, null));

        database().run(em -> {
            assertThat(records(em).find("a").isPresent()).isTrue();
            assertThat(records(em).find("b").isPresent()).isFalse();
            assertThat(holderOf(em, "key")).contains("a");
        });
        assertTaken(() -> insert(task("a", 4, NOW)));
        assertTaken(() -> insert(task("new", 4, NOW), task("a", 4, NOW)));
        assertTaken(() -> insert(new TaskRecord("b", "t.t", "default", 4, null, "key", null, NOW, NOW, null)));
        assertThat(find("new")).isNull();

        database().run(em -> transitions(em).end(ended(1), TaskState.SUCCESS, null, null));
        insert(new TaskRecord("b", "t.t", "default", 4, null, "key", null, NOW, NOW, null));
    }

    private static TaskRecord withKey(String id, String key) {
        return new TaskRecord(id, "example.echo", "default", 4, null, key, "1", NOW, NOW, null);
    }

    /** A database that cannot tell which ones are taken inserts nothing, and says why. */
    @Test
    void ofManyThatAreInsertedAtOnceThoseWithATakenIdOrKeyAreLeftOut() {
        insert(withKey("a", null), withKey("b", "key b"));
        List<TaskRecord> many = List.of(
                withKey("a", null),
                withKey("c", "key b"),
                withKey("d", "key d"),
                withKey("e", null),
                withKey("f", null));
        boolean tells = database().in(em -> transitions(em).jdbc.dialect() != Dialect.MARIADB);
        if (tells) {
            assertThat(insertFree(true, many)).containsExactlyInAnyOrder("d", "e", "f");
            assertThat(find("a").argument()).as("the one before").isEqualTo(1);
        } else {
            assertTaken(() -> insertFree(true, many));
        }
        assertThat(exists("c")).isFalse();
        assertThat(exists("d")).isEqualTo(tells);
        assertThat(insertFree(true, List.of(withKey("g", "key g"), withKey("h", "\u00e4'\"\\ \ud83d\ude00"))))
                .containsExactlyInAnyOrder("g", "h");
        assertThat(insertFree(false, List.of(withKey("i", null)))).containsExactly("i");
    }

    /** The other senders of the statement should not wait that long. */
    @Test
    void anInsertThatManyShareDoesNotWaitForAnotherTransactionsKey() {
        try (Database.Tx other = database().begin()) {
            transitions(other.em).insert(List.of(withKey("a", "held")));
            assertThatThrownBy(() -> database()
                            .run(em -> transitions(em)
                                    .insertFree(List.of(withKey("b", "held"), withKey("c", null)), true)))
                    .isInstanceOf(PersistenceException.class);
        }
        assertThat(exists("c")).isFalse();
        assertThat(insertFree(false, List.of(withKey("b", "held")))).containsExactly("b");
    }

    private Set<String> insertFree(boolean impatient, List<TaskRecord> records) {
        return database().in(em -> transitions(em).insertFree(records, impatient));
    }

    private boolean exists(String id) {
        return database().in(em -> records(em).find(id).isPresent());
    }

    private static void assertTaken(ThrowingCallable insert) {
        assertThatThrownBy(insert)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
    }

    @Test
    void namesThatDifferByCaseOrABlankAreDifferent() {
        insert(
                new TaskRecord("a", "t.t", "default", 4, null, "key", null, NOW, NOW, null),
                new TaskRecord("A", "t.T", "Default", 4, null, "KEY", null, NOW, NOW, null));
        database().run(em -> with(em, new QueueRecords()).add("Default", NOW));
        database().run(em -> with(em, new QueueRecords()).pause("Default", true, "ann", NOW));
        database().run(em -> transitions(em).lease(List.of(records(em).lock("a").orElseThrow()), "node", NOW + 9));

        assertThat(find("A").task()).isEqualTo("t.T");
        assertThat(list(TaskFilter.all().task("t.t"))).containsExactly("a");
        assertThat(list(TaskFilter.all().queue("Default"))).containsExactly("A");
        database().run(em -> {
            assertThat(holderOf(em, "key")).contains("a");
            assertThat(holderOf(em, "Key")).isEmpty();
            assertThat(locks(em).claim("A", 1)).isEmpty();
            assertThat(due(em).lockHeldBy("Node", NOW, 9)).isEmpty();
            assertThat(due(em).lockHeldBy("node ", NOW, 9)).isEmpty();
            assertThat(due(em).lockHeldBy("node", NOW, 9)).hasSize(1);
        });
    }

    @Test
    void migratingAgainChangesNothing() throws Exception {
        insert(task("a", 4, NOW));
        Schema.migrate(database().dataSource(), "");
        assertThat(find("a")).isNotNull();
    }
}
