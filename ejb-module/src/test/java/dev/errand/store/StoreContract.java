package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.api.AuditAction;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.TaskLocks.Locked;
import dev.errand.store.TaskTransitions.Changes;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.database.Dialect;
import dev.errand.store.schema.Schema;
import dev.errand.store.view.ListPage;
import dev.errand.store.view.PageCursor;
import dev.errand.store.view.TaskFigures;
import dev.errand.store.view.TaskHistory;
import dev.errand.store.view.TaskInfos;
import dev.errand.store.view.TaskQueries;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store on every database; a subclass per database. */
abstract class StoreContract extends IndexContract {
    private static final long NOW = 1_000_000;
    private static final Due NOTHING = new Due(List.of(), OptionalLong.empty());
    private static final ErrorText ERROR = new ErrorText("java.lang.IllegalStateException", "no\0pe", "trace");

    @BeforeEach
    void emptyTables() throws Exception {
        database().empty();
        database().run(em -> with(em, new QueueRecords()).add("default", NOW));
    }

    private static TaskRecord task(String id, int priority, long dueAt) {
        TaskRecord task = new TaskRecord(
                id, "example.echo", "default", priority, null, null, "\"hello ü \\u0000 😀\"", NOW, dueAt, null);
        task.sentBy("ann");
        return task;
    }

    private void insert(TaskRecord... records) {
        database().run(em -> transitions(em).insert(List.of(records)));
    }

    private static TaskRecords records(EntityManager em) {
        return with(em, new TaskRecords());
    }

    private static TaskTransitions transitions(EntityManager em) {
        return with(em, new TaskTransitions());
    }

    private static TaskLocks locks(EntityManager em) {
        return with(em, new TaskLocks());
    }

    private TaskInfo find(String id) {
        return find(id, HistoryPage.newest());
    }

    private TaskInfo find(String id, HistoryPage page) {
        return database().in(em -> {
            TaskHistory history = with(em, new TaskHistory());
            return with(em, new TaskQueries())
                    .find(id)
                    .map(row -> TaskInfos.whole(row, Set.of(), 3, history.of(row, page)))
                    .orElse(null);
        });
    }

    private static Ended ended(int run) {
        return ended("a", run);
    }

    private static Ended ended(String id, int run) {
        return new Ended(id, run, "node-1", NOW + 1, NOW + 5, new TaskInfo.Progress(3, 4, "nearly"));
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
    void oneTransactionClaimsARunAndTheOthersSkipIt() {
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
    void aPauseIsSeenInATransactionThatHasBegunBeforeIt() {
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
    void manyTasksAreClaimedAndEndAtOnceAndOthersSkipThem() {
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
    void aSuccessOfAnotherRunIsRefused() {
        insert(task("a", 4, NOW));

        assertThatThrownBy(() ->
                        database().run(em -> transitions(em).succeed(List.of(new Success(ended("a", 2), null)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("claimed");
        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void anOutcomeOfAnotherRunChangesNothing() {
        insert(task("a", 4, NOW));

        assertThat(database().<Boolean>in(em -> transitions(em).end(ended(7), TaskState.FAILURE, null, ERROR)))
                .isFalse();
        assertThat(database().<Boolean>in(em -> transitions(em).retry(ended(7), ERROR, NOW, Changes.NONE)))
                .isFalse();
        assertThat(find("a").state()).isEqualTo(TaskState.PENDING);
        assertThat(find("a").runs()).isEmpty();
    }

    @Test
    void aRetryKeepsItsRunAndMayChangeTheArgument() {
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
    void aRetryMayMoveTheTaskToAnotherQueueAndPriority() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).retry(ended(1), ERROR, NOW, new Changes(false, null, "other", 9)));

        TaskInfo task = find("a");
        assertThat(task.queue()).isEqualTo("other");
        assertThat(task.priority()).isEqualTo(9);
    }

    @Test
    void aSnoozedTaskWaitsWithoutARetryOrAnErrorAndKeepsItsRun() {
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
    void aPausedQueueOrARevocationKeepsARunFromBeingClaimed() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> with(em, new ControlRecords()).requestRevocation("b", "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("b", 1)).isEmpty());

        database().run(em -> with(em, new QueueRecords()).pause("default", true, "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("a", 1)).isEmpty());
        database().run(em -> assertThat(due(em).look(NOW)).isEqualTo(NOTHING));

        database().run(em -> with(em, new QueueRecords()).pause("default", false, "ann", NOW));
        database().run(em -> assertThat(locks(em).claim("a", 1)).isPresent());
    }

    private static DueRecords due(EntityManager em) {
        return with(em, new DueRecords());
    }

    @Test
    void theHighestPriorityIsFirstAndWithinItTheLongestDue() {
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
    void twoNodesNeverTakeTheSameDueRecord() {
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
    void aStartedRunThatNeverCameToItsHandlerWaitsAgainUnderItsNumber() {
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
    void aFinishedTaskIsNotReleased() {
        insert(task("a", 4, NOW));
        database().run(em -> transitions(em).end(ended(1), TaskState.FAILURE, null, ERROR));
        database().run(em -> transitions(em).release(records(em).lock("a").orElseThrow(), NOW + 500));

        assertThat(find("a").state()).isEqualTo(TaskState.FAILURE);
    }

    @Test
    void aDueTaskStaysDueWhenTheClockIsSetBack() {
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

    private int setBack(long before) {
        return database().in(em -> due(em).clockSetBack("node-1", NOW, before, NOW + 30, 10));
    }

    private Long wakeAt(String id) {
        return database().in(em -> records(em).lock(id).orElseThrow().wakeAt);
    }

    @Test
    void aLostRunIsFencedOff() {
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
    void aNodeThatStopsReleasesItsTasks() throws Exception {
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
    void theTableRefusesATakenIdAndATakenUniqueKey() {
        insert(new TaskRecord("a", "t.t", "default", 4, null, "key", null, NOW, NOW, null));

        database().run(em -> {
            assertThat(records(em).exists("a")).isTrue();
            assertThat(records(em).exists("b")).isFalse();
            assertThat(records(em).holderOf("key")).contains("a");
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
            assertThat(find("a").argument()).as("the one before").isEqualTo("1");
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
        return database().in(em -> records(em).exists(id));
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
            assertThat(records(em).holderOf("key")).contains("a");
            assertThat(records(em).holderOf("Key")).isEmpty();
            assertThat(locks(em).claim("A", 1)).isEmpty();
            assertThat(due(em).lockHeldBy("Node", NOW, 9)).isEmpty();
            assertThat(due(em).lockHeldBy("node ", NOW, 9)).isEmpty();
            assertThat(due(em).lockHeldBy("node", NOW, 9)).hasSize(1);
        });
    }

    /** The number of due tasks, and of finished ones. */
    private static final int MANY = 65_536;

    private void insertMany() {
        insert(task("w", 4, NOW), task("o", 4, NOW));
        database().run(em -> transitions(em).end(ended("o", 1), TaskState.SUCCESS, null, null));
        for (int times = 1; times < MANY; times *= 2) {
            String next = Integer.toString(times);
            database()
                    .run(em -> em.createNativeQuery("INSERT INTO errand_task (id, task, queue, state, priority, run,"
                                    + " retries, crashes, wake_at, due_at, created_at, argument) SELECT CONCAT(id, '-"
                                    + next + "'), task, queue, state, priority, run, retries, crashes, wake_at + "
                                    + next
                                    + ", due_at, created_at, argument FROM errand_task")
                            .executeUpdate());
        }
    }

    @Test
    void theSweepReadsAndLocksNoMoreThanItTakes() throws Exception {
        insertMany();
        awaitStatistics();
        try (Database.Tx sweep = database().begin();
                Database.Tx others = database().begin()) {
            long before = entriesRead(sweep.em);
            Due look = due(sweep.em).look(NOW + MANY / 2);
            assertThat(look)
                    .isEqualTo(
                            new Due(List.of(new Turn(4, List.of("default"), 1)), OptionalLong.of(NOW + MANY / 2 + 1)));
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

    @Test
    void pruningDoesNotWaitForRunningTasks() {
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
    void aTaskThatIsBeingRetriedIsNotPruned() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).end(ended("a", 1), TaskState.FAILURE, null, ERROR));
        database().run(em -> transitions(em).end(ended("b", 1), TaskState.FAILURE, null, ERROR));
        try (Database.Tx somebody = database().begin()) {
            control(somebody.em).runAgain(lock(somebody.em, "a"), "ann", NOW + 9);
            assertThat(prune(TaskState.FAILURE, NOW + 5)).isEqualTo(1);
            somebody.commit();
        }
        assertThat(prune(TaskState.FAILURE, NOW + 5)).isZero();
        assertThat(find("a").runs()).isNotEmpty();
        assertThat(find("b")).isNull();
    }

    @Test
    void nodesThatPruneAtOnceDoNotWaitForEachOther() {
        succeeded(7, NOW);
        try (Database.Tx one = database().begin()) {
            assertThat(prune(one.em, NOW, 4).tasks()).isEqualTo(4);
            assertThat(prune(TaskState.SUCCESS, NOW + 5)).isEqualTo(3);
            one.commit();
        }
        assertThat(prune(TaskState.SUCCESS, NOW + 5)).isZero();
    }

    @Test
    void aChunkBeginsWhereTheLastHasEndedAndReadsNoMoreThanItTakes() {
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

    private void succeeded(int tasks, long createdAt) {
        for (int i = 0; i < tasks; i++) {
            String id = createdAt + "-" + i;
            insert(new TaskRecord(id, "t.t", "default", 4, null, null, null, createdAt, createdAt, null));
            database().run(em -> transitions(em).end(ended(id, 1), TaskState.SUCCESS, null, null));
        }
    }

    private static OldRecords.Pruned prune(EntityManager em, long createdFrom, int limit) {
        return with(em, new OldRecords()).prune(TaskState.SUCCESS, createdFrom, NOW + 5, limit);
    }

    @Test
    void pagesAreNewestFirstAndMissNothing() {
        for (int i = 0; i < 7; i++) {
            insert(new TaskRecord("t" + i, "t.t", "default", 4, null, null, null, NOW + i / 2, NOW, null));
        }
        List<String> seen = new ArrayList<>();
        PageCursor cursor = null;
        do {
            PageCursor from = cursor;
            ListPage page = database()
                    .in(em -> with(em, new TaskQueries()).list(TaskFilter.all().limit(3), from));
            page.rows().forEach(row -> seen.add(row.task().id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
    }

    @Test
    void filtersHold() {
        insert(task("a", 4, NOW), task("b", 4, NOW));
        database().run(em -> transitions(em).park(records(em).lock("b").orElseThrow()));

        assertThat(list(TaskFilter.all().state(TaskState.PARKED))).containsExactly("b");
        assertThat(list(TaskFilter.all().task("example.echo").queue("default").state(TaskState.PENDING)))
                .containsExactly("a");
        assertThat(list(TaskFilter.all().queue("other"))).isEmpty();
        assertThat(list(TaskFilter.all().state(TaskState.STARTED))).isEmpty();
        database().run(em -> {
            assertThat(due(em).parked(List.of("no.such", "example.echo"))).containsExactly("example.echo");
            assertThat(due(em).parked(List.of("no.such"))).isEmpty();
            assertThat(due(em).parked(List.of())).isEmpty();
            assertThat(due(em).lockParked("example.echo", 5)).hasSize(1);
            assertThat(due(em).lockParked("no.such", 5)).isEmpty();
        });
    }

    /** As it was, the page that one viewer asks for held some hundred megabytes. */
    @Test
    void aListReadsTheBeginningOfAnArgumentAndNoMore() {
        String objects = "[" + "{},".repeat(350_000) + "{}]";
        ErrorText error = new ErrorText("java.lang.IllegalStateException", "m".repeat(4_000), "t".repeat(100_000));
        for (String id : List.of("a", "b", "c")) {
            insert(new TaskRecord(id, "t.t", "default", 4, null, null, objects, NOW, NOW, null));
            database().run(em -> transitions(em).end(ended(id, 1), TaskState.FAILURE, objects, error));
        }

        List<TaskQueries.Row> rows = database()
                .in(em ->
                        with(em, new TaskQueries()).list(TaskFilter.all(), null).rows());

        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row.task().argument()).hasSize(301);
            assertThat(row.task().result()).hasSize(301);
            assertThat(row.task().error().message()).hasSize(300).endsWith("…");
            assertThat(row.task().error().trace()).isNull();
        });
        TaskInfo listed = TaskInfos.listed(rows.get(0), Set.of(), 3);
        assertThat(listed.argumentValue().cut()).isTrue();
        assertThat(listed.argument()).isEqualTo(objects.substring(0, 300));
        assertThat(listed.runs()).isEmpty();
        assertThat(find("a").argumentValue().json()).isEqualTo(objects);
        assertThat(find("a").argumentValue().cut()).isFalse();
        assertThat(find("a").error().trace()).hasSize(100_000);
    }

    @Test
    void aListShowsASmallArgumentAsItIs() {
        insert(task("a", 4, NOW));
        String exact = "{\"a\":1.10,\"b\":9007199254740993,\"c\":1E+400,\"d\":\"\uD83D\uDE00\"}";
        insert(new TaskRecord("b", "t.t", "default", 4, null, null, exact, NOW + 1, NOW, null));

        List<TaskQueries.Row> rows = database()
                .in(em ->
                        with(em, new TaskQueries()).list(TaskFilter.all(), null).rows());
        assertThat(TaskInfos.listed(rows.get(0), Set.of(), 3).argumentValue().json())
                .isEqualTo(exact);
        assertThat(TaskInfos.listed(rows.get(1), Set.of(), 3).argument()).isEqualTo("hello ü \0 😀");
    }

    /** maxRetries -1 is one run per second for years. */
    @Test
    void theFirstAndTheNewestRunsAreKeptAndTheOthersGoWithTheirLines() {
        insert(task("a", 4, NOW));
        for (int i = 1; i <= 130; i++) {
            int run = i;
            database()
                    .run(em -> with(em, new RunReports()).log("a", run, List.of(new RunReports.Line(1, NOW, "line"))));
            database().run(em -> transitions(em).retry(ended(run), ERROR, NOW, Changes.NONE));
        }

        TaskInfo all = find("a");
        assertThat(all.runs()).hasSize(100);
        assertThat(all.runs())
                .extracting(TaskInfo.Run::number)
                .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 41, 42)
                .endsWith(130);
        assertThat(all.log()).hasSize(100);
        assertThat(all.log())
                .extracting(TaskInfo.LogLine::run)
                .contains(1, 10, 41, 130)
                .doesNotContain(11, 40);
    }

    @Test
    void runsAndLinesComeInPages() {
        insert(task("a", 4, NOW));
        for (int i = 1; i <= 7; i++) {
            int run = i;
            List<RunReports.Line> lines =
                    List.of(new RunReports.Line(1, NOW, run + ".1"), new RunReports.Line(2, NOW, run + ".2"));
            database().run(em -> with(em, new RunReports()).log("a", run, lines));
            if (run < 7) {
                database().run(em -> transitions(em).retry(ended(run), ERROR, NOW, Changes.NONE));
            }
        }
        database().run(em -> transitions(em).end(ended(7), TaskState.SUCCESS, null, null));

        List<Integer> runs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        HistoryPage page = HistoryPage.newest().runs(3).log(4);
        while (page != null) {
            TaskInfo task = find("a", page);
            runs.addAll(0, task.runs().stream().map(TaskInfo.Run::number).toList());
            lines.addAll(0, task.log().stream().map(TaskInfo.LogLine::message).toList());
            page = page.runs(task.runsNext() == null ? 0 : 3)
                    .runsCursor(task.runsNext())
                    .log(task.logNext() == null ? 0 : 4)
                    .logCursor(task.logNext());
            page = page.runs() == 0 && page.log() == 0 ? null : page;
        }
        assertThat(runs).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(lines)
                .hasSize(14)
                .startsWith("1.1", "1.2")
                .endsWith("7.1", "7.2")
                .isSorted();
        assertThat(find("a", HistoryPage.newest().runs(0).log(0)).runs()).isEmpty();
        for (HistoryPage wrong : List.of(
                HistoryPage.newest().runsCursor("x"), HistoryPage.newest().logCursor("7"))) {
            assertThatThrownBy(() -> find("a", wrong))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("Cursor");
        }
    }

    @Test
    void aPageOfRunsIsBoundedByItsTraces() {
        insert(task("a", 4, NOW));
        ErrorText large = new ErrorText("java.lang.IllegalStateException", "m", "t".repeat(1 << 20));
        for (int i = 1; i <= 5; i++) {
            int run = i;
            database().run(em -> transitions(em).retry(ended(run), large, NOW, Changes.NONE));
        }

        TaskInfo newest = find("a");
        assertThat(newest.runs()).extracting(TaskInfo.Run::number).containsExactly(5);
        assertThat(newest.runs().get(0).error().trace()).hasSize(1 << 20);
        assertThat(find("a", HistoryPage.newest().runsCursor(newest.runsNext())).runs())
                .extracting(TaskInfo.Run::number)
                .containsExactly(4);
    }

    private List<String> list(TaskFilter filter) {
        return database()
                .in(em -> with(em, new TaskQueries()).list(filter, null).rows().stream()
                        .map(row -> row.task().id())
                        .toList());
    }

    @Test
    void aTransactionalRunThatLastsShowsAsStarted() {
        insert(task("a", 4, NOW));
        try (Database.Tx run = database().begin()) {
            locks(run.em).claim("a", 1);
            database()
                    .run(em -> with(em, new RunReports())
                            .running("a", 1, "node-1", NOW, NOW + 1_000, new TaskInfo.Progress(1, 2, null)));
            database().run(em -> with(em, new RunReports()).log("a", 1, List.of(new RunReports.Line(1, NOW, "line"))));

            assertThat(find("a").state()).isEqualTo(TaskState.STARTED);
            assertThat(find("a").progress().done()).isEqualTo(1);
            assertThat(find("a").log()).extracting(TaskInfo.LogLine::message).containsExactly("line");
            assertThat(list(TaskFilter.all().state(TaskState.STARTED))).containsExactly("a");
            assertThat(list(TaskFilter.all().state(TaskState.PENDING))).isEmpty();
            database()
                    .run(em -> assertThat(with(em, new TaskFigures()).runningByQueue())
                            .containsEntry("default", 1L));
            assertThat(counts()).containsEntry(TaskState.STARTED, 1L).containsEntry(TaskState.PENDING, 0L);
            transitions(run.em).end(ended(1), TaskState.SUCCESS, null, null);
            run.commit();
        }
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(counts()).containsEntry(TaskState.SUCCESS, 1L).containsEntry(TaskState.STARTED, 0L);
    }

    private Map<TaskState, Long> counts() {
        return database().in(em -> with(em, new TaskFigures()).counts());
    }

    @Test
    void runningTasksAreListedNewestFirstWithOrWithoutATransaction() {
        for (int i = 0; i < 5; i++) {
            insert(new TaskRecord("t" + i, "t.t", "default", 4, null, null, null, NOW + i, NOW, null));
        }
        for (String outside : List.of("t1", "t4")) {
            database()
                    .run(em -> transitions(em)
                            .start(locks(em).claim(outside, 1).orElseThrow(), "node-1", NOW, NOW + 30_000));
        }
        for (String inside : List.of("t0", "t3")) {
            database().run(em -> with(em, new RunReports()).running(inside, 1, "node-1", NOW, NOW + 1_000, null));
        }

        assertThat(list(TaskFilter.all().state(TaskState.STARTED))).containsExactly("t4", "t3", "t1", "t0");
        assertThat(list(TaskFilter.all().state(TaskState.STARTED).queue("other")))
                .isEmpty();
        ListPage second = database()
                .in(em -> with(em, new TaskQueries())
                        .list(TaskFilter.all().state(TaskState.STARTED).limit(1), new PageCursor(NOW + 4, "t4")));
        assertThat(second.rows()).extracting(row -> row.task().id()).containsExactly("t3");
        assertThat(second.next()).isEqualTo(new PageCursor(NOW + 3, "t3"));
        assertThat(counts()).containsEntry(TaskState.STARTED, 4L).containsEntry(TaskState.PENDING, 1L);
    }

    @Test
    void oneMoreRunStartsAfreshAndKeepsTheHistory() {
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

    @Test
    void allTasksThatAreOldEnoughArePrunedAndNoOthers() {
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

    private int prune(TaskState state, long before) {
        return database()
                .in(em -> with(em, new OldRecords())
                        .prune(state, Long.MIN_VALUE, before, 500)
                        .tasks());
    }

    private static TaskInfo.Audit audit(long at, String by, AuditAction action) {
        return new TaskInfo.Audit(Instant.ofEpochMilli(at), by, action);
    }

    @Test
    void theAuditOfATaskIsKeptWithIt() {
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

    private static TaskRecord expiring(String id, String queue, long dueAt, long expiresAt) {
        return new TaskRecord(id, "t.t", queue, 4, null, "key-" + id, null, NOW, dueAt, expiresAt);
    }

    private static ExpiredRecords expired(EntityManager em) {
        return with(em, new ExpiredRecords());
    }

    private OptionalLong firstExpiry(long after) {
        return database().in(em -> expired(em).firstAfter(after));
    }

    private List<String> expire(long now) {
        return database()
                .in(em -> expired(em).lock(now, 10).stream()
                        .peek(record -> expired(em).expire(record, now))
                        .map(TaskRecord::id)
                        .sorted()
                        .toList());
    }

    @Test
    void aWaitingTaskExpiresInTimeInEachStateAndSaysSo() {
        database().run(em -> with(em, new QueueRecords()).add("held", NOW));
        database().run(em -> with(em, new QueueRecords()).pause("held", true, "ann", NOW));
        insert(
                expiring("eta", "default", NOW + 900, NOW + 50),
                expiring("held", "held", NOW, NOW + 51),
                expiring("parked", "default", NOW, NOW + 52),
                expiring("retry", "default", NOW, NOW + 53),
                expiring("runs", "default", NOW, NOW + 54),
                expiring("over", "default", NOW, NOW + 40),
                expiring("in time", "default", NOW, NOW + 99),
                task("never", 4, NOW));
        database().run(em -> {
            transitions(em).park(lock(em, "parked"));
            transitions(em).retry(ended("retry", 1), ERROR, NOW + 900, Changes.NONE);
            transitions(em).start(lock(em, "runs"), "node-1", NOW, NOW + 900);
            transitions(em).end(ended("over", 1), TaskState.SUCCESS, null, null);
        });

        assertThat(firstExpiry(Long.MIN_VALUE)).hasValue(NOW + 50);
        assertThat(expire(NOW + 49)).isEmpty();
        assertThat(firstExpiry(NOW + 50)).hasValue(NOW + 51);
        assertThat(expire(NOW + 60)).containsExactly("eta", "held", "parked", "retry");
        assertThat(expire(NOW + 60)).isEmpty();
        assertThat(firstExpiry(NOW + 60)).hasValue(NOW + 99);
        assertThat(firstExpiry(NOW + 99)).isEmpty();
        for (String id : List.of("eta", "held", "parked", "retry")) {
            assertThat(find(id).state()).isEqualTo(TaskState.REVOKED);
            assertThat(find(id).audit()).last().isEqualTo(audit(NOW + 60, null, AuditAction.EXPIRE));
            database()
                    .run(em -> assertThat(records(em).holderOf("key-" + id))
                            .as("is free")
                            .isEmpty());
        }
        database().run(em -> assertThat(records(em).holderOf("key-runs")).isPresent());
    }

    @Test
    void aTaskThatRunsAtItsExpiryContinues() {
        insert(expiring("a", "default", NOW, NOW + 50));
        try (Database.Tx run = database().begin()) {
            assertThat(locks(run.em).claim("a", 1)).isPresent();
            assertThat(expire(NOW + 60)).isEmpty();
            transitions(run.em).end(ended(1), TaskState.SUCCESS, null, null);
            run.commit();
        }
        assertThat(find("a").state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aLookForExpiredTasksReadsAndLocksNoMoreThanItTakes() {
        insertMany();
        database()
                .run(em -> em.createNativeQuery(
                                "UPDATE errand_task SET expires_at = created_at + 1 WHERE state = 'SUCCESS'")
                        .executeUpdate());
        insert(IntStream.range(0, 20)
                .mapToObj(i -> expiring("e" + i, "default", NOW + 900, NOW + i))
                .toArray(TaskRecord[]::new));
        try (Database.Tx look = database().begin();
                Database.Tx others = database().begin()) {
            long before = entriesRead(look.em);
            assertThat(expired(look.em).firstAfter(NOW)).hasValue(NOW + 1);
            assertThat(expired(look.em).lock(NOW + 900, 10)).hasSize(10);
            assertThat(entriesRead(look.em) - before).isLessThan(1_000);
            assertThat(expired(others.em).lock(NOW + 900, 100)).as("not locked").hasSize(10);
        }
    }

    private static final int CALLERS = 8;

    /** The callers' answers: each has a transaction of its own, and all begin at the same moment. */
    private <T> List<T> atOnce(BiFunction<EntityManager, Integer, T> call) throws Exception {
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
    void ofManySimultaneousRevocationsOneTakesEffectAndNoneFails() throws Exception {
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
    void ofManySimultaneousRevocationsOfARunOneIsTheRequestAndNoneFails() throws Exception {
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
    void aFinishedTaskIsNotRevokedEvenWhileItIsPruned() {
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

    private long rows(String table) {
        return database()
                .in(em -> ((Number) em.createNativeQuery("SELECT COUNT(*) FROM " + table)
                                .getSingleResult())
                        .longValue());
    }

    @Test
    void aRequestToRevokeGoesWhenItsTaskIsFinishedOrGoneAndNotBefore() {
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

    private int pruneRevocations(long before) {
        return database().in(em -> with(em, new OldRecords()).pruneRevocations(before, 10));
    }

    @Test
    void ofManySimultaneousRetriesWithOneUniqueKeyOneGetsTheKeyAndTheOthersAreRefused() throws Exception {
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

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRowThatManyAddAtOnceIsThereOnceAndNoneFails() throws Exception {
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

    private static ControlRecords control(EntityManager em) {
        return with(em, new ControlRecords());
    }

    private static TaskRecord lock(EntityManager em, String id) {
        return records(em).lock(id).orElseThrow();
    }

    @Test
    void aRolledBackChangeLeavesNoAudit() {
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
    void aQueueShowsTheUserAndTheTimeOfItsPause() {
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

    private void pause(boolean paused, String by, long now) {
        database().run(em -> with(em, new QueueRecords()).pause("default", paused, by, now));
    }

    private QueueRecord queue() {
        return database().in(em -> with(em, new QueueRecords()).all().get(0));
    }

    private List<String> queueAudit() {
        return database()
                .in(em -> em.createQuery(
                                "SELECT a FROM AuditRecord a WHERE a.queue IS NOT NULL ORDER BY a.at",
                                AuditRecord.class)
                        .getResultStream()
                        .map(record -> record.action + " " + record.queue + " " + record.who + " " + record.at)
                        .toList());
    }

    @Test
    void countsAreByQueueAndState() {
        insert(task("a", 4, NOW), task("b", 4, NOW + 50));

        database()
                .run(em -> assertThat(with(em, new TaskFigures()).counts(NOW))
                        .containsExactly(new TaskFigures.Count("default", TaskState.PENDING, 2, 1)));
    }

    @Test
    void migratingAgainChangesNothing() throws Exception {
        insert(task("a", 4, NOW));
        Schema.migrate(database().dataSource());
        assertThat(find("a")).isNotNull();
    }
}
