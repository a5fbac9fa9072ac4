package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskState;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A look for due tasks costs as much as is due, not as many queues as there are. */
abstract class DueContract extends UpgradeContract {
    private static final long NOW = 1_000_000;

    /** So many that no look may visit them all. */
    private static final int MANY = 3_000;

    public abstract Database database();

    /** How many tasks, or entries of their indexes, this connection has read. */
    public abstract long entriesRead(EntityManager em);

    /** Brings statistics up to date where a plan needs those that the database makes by itself in a while. */
    public void awaitStatistics() throws Exception {}

    private void send(String queue, int priority, long... times) {
        List<TaskRecord> tasks = new ArrayList<>();
        for (long time : times) {
            String id = queue + "-" + priority + "-" + time + "-" + tasks.size();
            tasks.add(new TaskRecord(id, "t.t", queue, priority, null, null, null, NOW, time, null));
        }
        database().run(em -> with(em, new TaskTransitions()).insert(tasks));
    }

    /** A task in each of many queues. */
    private void sendToMany(int priority, long time) {
        List<TaskRecord> tasks = IntStream.range(0, MANY)
                .mapToObj(i -> new TaskRecord("i" + i, "t.t", "idle-" + i, priority, null, null, null, NOW, time, null))
                .toList();
        database().run(em -> with(em, new TaskTransitions()).insert(tasks));
    }

    private static long[] times(int n, long from) {
        return IntStream.range(0, n).mapToLong(i -> from + i).toArray();
    }

    private void pause(String queue) {
        database().run(em -> with(em, new QueueRecords()).pause(queue, true, "ann", NOW));
    }

    private Due look() {
        return database().in(em -> with(em, new DueRecords()).look(NOW));
    }

    private static Turn turn(int priority, String queue) {
        return new Turn("", priority, List.of(queue), 1);
    }

    @Test
    void aDueTaskIsFoundThoughTheRowOfItsQueueIsLost() {
        send("lost", 4, NOW);

        assertThat(look().turns()).containsExactly(turn(4, "lost"));
        database().run(em -> assertThat(with(em, new TaskLocks()).due(NOW)).containsExactly(turn(4, "lost")));
    }

    @Test
    void queuesWithNothingDueCostNothing() throws Exception {
        sendToMany(4, NOW + 50);
        send("due", 7, NOW);
        awaitStatistics();
        try (Database.Tx sweep = database().begin()) {
            long before = entriesRead(sweep.em);
            assertThat(with(sweep.em, new DueRecords()).look(NOW))
                    .isEqualTo(new Due(List.of(turn(7, "due")), OptionalLong.of(NOW + 50)));
            assertThat(entriesRead(sweep.em) - before).isLessThan(1_000);
        }
    }

    @Test
    void behindABacklogTheHighestPriorityIsFoundFirst() {
        send("long", 4, times(1_000, NOW - 2_000));
        send("urgent", 9, NOW - 1_500);
        send("late", 0, NOW);
        send("later", 9, NOW + 7);
        send("long", 3, NOW + 9);

        assertThat(look())
                .isEqualTo(new Due(
                        List.of(turn(9, "urgent"), turn(4, "long"), turn(0, "late")), OptionalLong.of(NOW + 7)));
    }

    @Test
    void theBacklogOfAPausedQueueHidesNothing() {
        pause("held");
        send("held", 9, times(1_000, NOW - 2_000));
        send("due", 4, NOW - 1_500);
        send("held", 9, times(1_000, NOW + 1));
        send("due", 4, NOW + 2_000);

        Due look = look();
        assertThat(look.turns()).containsExactly(turn(4, "due"));
        assertThat(look.later()).isPresent();
        assertThat(look.later().getAsLong()).isBetween(NOW + 1, NOW + 2_000);
        long next = look.later().getAsLong();
        assertThat(database()
                        .<Due>in(em -> with(em, new DueRecords()).look(next))
                        .turns())
                .containsExactly(turn(4, "due"));
    }

    @Test
    void looksComeToTheFirstTaskBehindThoseOfAPausedQueue() {
        pause("held");
        send("held", 9, times(1_000, NOW + 1));
        send("due", 4, NOW + 2_000);

        long now = NOW;
        int looks = 0;
        for (OptionalLong later = look().later(); later.isPresent() && looks < 20; looks++) {
            now = later.getAsLong();
            long at = now;
            later = database()
                    .<Due>in(em -> with(em, new DueRecords()).look(at))
                    .later();
        }
        assertThat(now).isEqualTo(NOW + 2_000);
        assertThat(looks).isLessThan(20);
    }

    @Test
    void theBacklogOfAnotherApplicationIsNotRead() throws Exception {
        sendOf("stopped", times(MANY, NOW - 10_000));
        sendOf("", NOW - 1);
        sendOf("mine", NOW);
        awaitStatistics();

        database().run(em -> {
            DueFinder finder = with(em, new DueFinder()).of("mine");
            long before = entriesRead(em);
            Due look = finder.look(NOW, true);
            assertThat(look.turns())
                    .containsExactlyInAnyOrder(
                            new Turn("mine", 4, List.of("shared"), 1), new Turn("", 4, List.of("shared"), 1));
            DueLock lock = new DueLock(finder.jdbc.dialect(), finder, "SELECT t.id, t.queue FROM ");
            List<String> locked = new ArrayList<>();
            look.turns()
                    .forEach(turn -> locked.addAll(lock.lock(
                            turn,
                            NOW,
                            100,
                            (sql, values) -> finder.jdbc.read(sql, row -> row.getString(1), values),
                            id -> "shared")));
            assertThat(locked).containsExactlyInAnyOrder("mine0", "0");
            assertThat(entriesRead(em) - before).isLessThan(MANY / 3);
        });
    }

    private void sendOf(String application, long... times) {
        List<TaskRecord> tasks = new ArrayList<>();
        for (long time : times) {
            TaskRecord task =
                    new TaskRecord(application + tasks.size(), "t.t", "shared", 4, null, null, null, NOW, time, null);
            task.application(application);
            tasks.add(task);
        }
        database().run(em -> with(em, new TaskTransitions()).insert(tasks));
    }

    @Test
    void manyQueuesHaveTheirTurnTogether() {
        sendToMany(4, NOW);
        try (Database.Tx batch = database().begin()) {
            TaskLocks locks = with(batch.em, new TaskLocks());
            List<Turn> turns = locks.due(NOW);
            Set<String> queues = new HashSet<>();
            turns.forEach(turn -> queues.addAll(turn.queues()));
            assertThat(queues).hasSize(Backlog.MOST);
            assertThat(turns.get(0).sharers()).isEqualTo(MANY);

            List<TaskLocks.Locked> locked = locks.lockDue(turns.get(0), NOW, 50);
            assertThat(locked).hasSize(50);
            assertThat(turns.get(0).queues())
                    .containsAll(
                            locked.stream().map(task -> task.record().queue()).toList());
            List<TaskRecord> others = with(batch.em, new DueRecords()).lock(turns.get(1), NOW, 50);
            assertThat(others)
                    .hasSize(50)
                    .allMatch(task -> turns.get(1).queues().contains(task.queue()));
        }
    }

    @Test
    void aQueueThatIsNotUsedIsPrunedUnlessItIsPausedOrAHandlers() {
        List.of("empty", "held", "handlers", "used", "over")
                .forEach(queue ->
                        database().run(em -> with(em, new QueueRecords()).add(queue, NOW)));
        pause("held");
        send("used", 4, NOW);
        send("over", 4, NOW);
        database()
                .run(em -> with(em, new TaskTransitions())
                        .end(
                                new Ended("over-4-" + NOW + "-0", 1, "node", NOW, NOW, null),
                                TaskState.SUCCESS,
                                null,
                                null));

        database().run(em -> with(em, new QueueRecords()).used(List.of("over"), NOW + 1));

        assertThat(prune("", 2)).isEqualTo(new QueueRecords.Looked(2, "empty", 1));
        assertThat(prune("empty", 9)).isEqualTo(new QueueRecords.Looked(4, "used", 0));
        assertThat(database()
                        .<List<String>>in(em -> with(em, new QueueRecords()).all().stream()
                                .map(QueueRecord::name)
                                .toList()))
                .containsExactly("default", "handlers", "held", "over", "used");
    }

    private QueueRecords.Looked prune(String after, int limit) {
        return database()
                .in(em -> with(em, new QueueRecords()).prune(after, NOW + 1, Set.of("default", "handlers"), limit));
    }

    @Test
    void aTaskThatIsSentWhileItsQueueIsPrunedRuns() {
        database().run(em -> with(em, new QueueRecords()).add("new", NOW));
        try (Database.Tx sender = database().begin()) {
            with(sender.em, new TaskTransitions())
                    .insert(List.of(new TaskRecord("a", "t.t", "new", 4, null, null, null, NOW, NOW, null)));
            assertThat(prune("", 9).pruned()).isEqualTo(1);
            sender.commit();
        }
        assertThat(look().turns()).containsExactly(turn(4, "new"));
    }

    @Test
    void aQueueWhoseRowIsLostCanBePaused() {
        send("lost", 4, NOW);

        pause("lost");

        assertThat(look().turns()).isEmpty();
        database()
                .run(em -> assertThat(with(em, new TaskLocks()).claim("lost-4-" + NOW + "-0", 1))
                        .isEmpty());
        assertThat(database().<Boolean>in(em -> with(em, new QueueRecords()).add("lost", NOW)))
                .as("added once more")
                .isFalse();
        assertThat(database()
                        .<Boolean>in(em -> with(em, new QueueRecords())
                                .find("lost")
                                .orElseThrow()
                                .paused()))
                .isTrue();
    }
}
