package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.errand.api.TaskState;
import dev.errand.handler.LimitRule;
import dev.errand.limit.LimitsOn;
import dev.errand.limit.LimitsOn.Node;
import dev.errand.limit.LimitsOn.Store;
import dev.errand.limit.Stay;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Places, permits and lines of limits in the tables, with nodes that compete for them. */
interface LimitContract extends StoreSteps {
    LimitKey LIMIT = new LimitKey("l", "");

    private Store store(EntityManager em) {
        return new Store(
                with(em, new LimitRecords()),
                with(em, new PlaceRecords()),
                with(em, new LineRecords()),
                records(em),
                transitions(em));
    }

    private LimitsOn.Tables tables() {
        return new LimitsOn.Tables() {
            @Override
            public <T> T in(Function<Store, T> work) {
                return database().in(em -> work.apply(store(em)));
            }
        };
    }

    private Node node(String name, LimitRule... rules) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        return LimitsOn.node(name, Map.of("example.echo", List.of(rules)), tables(), clock);
    }

    private TaskRecord keyed(String id, int priority, String key) {
        return new TaskRecord(id, "example.echo", "default", priority, null, null, key, NOW, NOW, null);
    }

    private void send(Node node, TaskRecord... tasks) {
        tables().in(store -> {
            node.send(store, List.of(tasks));
            return null;
        });
    }

    private Stay enter(Node node, String id) {
        return node.limits().enter("example.echo", id, 1);
    }

    /** The waiting tasks that are due, in any order. */
    private List<String> dueNow() {
        return database()
                .in(em -> em.createQuery(
                                "SELECT t.id FROM TaskRecord t WHERE t.wakeAt <= :now AND t.state = :pending"
                                        + " ORDER BY t.id",
                                String.class)
                        .setParameter("now", NOW)
                        .setParameter("pending", TaskState.PENDING)
                        .getResultList());
    }

    private void finish(Node node, String id, Stay stay) {
        database().run(em -> transitions(em).end(ended(id, 1), TaskState.SUCCESS, null, null));
        node.limits().leave(stay);
    }

    private static LimitRule concurrency(int runs) {
        return LimitsOn.rule("l", null, 0, runs, "");
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void inThreads(int threads, Callable<?> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(work));
            }
            for (Future<?> one : all) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Two nodes with three threads each run what is due, until all is done. No beat helps: a call that is lost would show. */
    @Test
    default void neverMoreThanTheConcurrencyRunAndNoTaskIsForgotten() throws Exception {
        Node one = node("one", concurrency(3));
        Node two = node("two", concurrency(3));
        for (int i = 0; i < 60; i++) {
            send(i % 2 == 0 ? one : two, task("t" + i, 4, NOW));
        }
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger threads = new AtomicInteger();

        inThreads(6, () -> {
            Node node = threads.getAndIncrement() % 2 == 0 ? one : two;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (done.size() < 60 && System.nanoTime() < end) {
                List<String> due = dueNow();
                if (due.isEmpty()) {
                    pass(1);
                    continue;
                }
                String id = due.get(ThreadLocalRandom.current().nextInt(due.size()));
                boolean mine = database()
                        .in(em -> records(em)
                                .lock(id)
                                .filter(task -> task.state == TaskState.PENDING && task.wakeAt <= NOW)
                                .map(task -> {
                                    transitions(em).lease(List.of(task), "n", NOW + 30_000);
                                    return true;
                                })
                                .orElse(false));
                if (!mine) {
                    continue;
                }
                Stay stay = enter(node, id);
                if (!stay.refuses()) {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    pass(2);
                    running.decrementAndGet();
                    done.add(id);
                    finish(node, id, stay);
                }
            }
            return null;
        });

        assertThat(done).doesNotHaveDuplicates().hasSize(60);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(rows("errand_line")).isZero();
    }

    @Test
    default void aDeadHolderGivesItsPlaceBackWithItsLease() {
        assertThat(take(1, "dead", 300)).isTrue();
        long start = System.nanoTime();
        assertThat(take(1, "next", 30_000)).isFalse();

        await().until(() -> take(1, "next", 30_000));
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
        database().run(em -> store(em).places().renew("n", List.of("dead"), 30_000));
        database().run(em -> store(em).places().free(List.of(LIMIT), "dead"));
        assertThat(take(1, "third", 30_000))
                .as("the dead one comes back too late to free or prolong it")
                .isFalse();
        database().run(em -> store(em).places().freeAll("n"));
        assertThat(take(1, "third", 30_000)).isTrue();
    }

    private boolean take(int concurrency, String holder, long lease) {
        return database().in(em -> {
            PlaceRecords places = store(em).places();
            long now = places.clock();
            return places.take(LIMIT, concurrency, holder, "t", "n", now, now + lease);
        });
    }

    @Test
    default void afterTheConcurrencyWasLoweredTheRunsAboveItCount() {
        for (String holder : List.of("a", "b", "c", "d")) {
            assertThat(take(4, holder, 30_000)).isTrue();
        }
        database().run(em -> store(em).places().free(List.of(LIMIT), "a"));
        assertThat(take(2, "e", 30_000)).as("three run").isFalse();
        database().run(em -> store(em).places().free(List.of(LIMIT), "b"));
        assertThat(take(2, "e", 30_000)).as("two run").isFalse();
        database().run(em -> store(em).places().free(List.of(LIMIT), "c"));
        assertThat(take(2, "e", 30_000)).as("one runs").isTrue();
        assertThat(take(2, "f", 30_000)).isFalse();
    }

    @Test
    default void neverMorePermitsThanTheRateAndTheBurst() throws Exception {
        long interval = TimeUnit.MILLISECONDS.toNanos(5);
        List<long[]> taken = Collections.synchronizedList(new ArrayList<>());
        // the first permit makes the row
        database().run(em -> store(em).places().permits(LIMIT, interval, 4, 1));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(800);

        inThreads(4, () -> {
            while (System.nanoTime() < end) {
                long before = database().in(em -> store(em).places().clock());
                int granted = database()
                        .in(em -> store(em)
                                .places()
                                .permits(LIMIT, interval, 4, 3)
                                .granted());
                if (granted > 0) {
                    taken.add(new long[] {
                        before, database().in(em -> store(em).places().clock()), granted
                    });
                } else {
                    pass(1);
                }
            }
            return null;
        });

        long first = taken.stream().mapToLong(permit -> permit[0]).min().orElseThrow();
        long last = taken.stream().mapToLong(permit -> permit[1]).max().orElseThrow();
        long all = taken.stream().mapToLong(permit -> permit[2]).sum();
        assertThat(all).isPositive().isLessThanOrEqualTo(4 + (last - first) / 5 + 1);
    }

    /** They were sent in one transaction, in the same millisecond; and one of them has a higher priority. */
    @Test
    default void oneAfterTheOtherTasksRunInTheOrderOfSending() {
        LimitRule rule = LimitsOn.rule("l", null, 0, 1, "/k");
        Node node = node("one", rule);
        List<TaskRecord> tasks = new ArrayList<>();
        IntStream.range(0, 20).map(i -> (i * 7) % 20).forEach(i -> tasks.add(keyed("t" + i, 4, "{\"k\":\"a\"}")));
        tasks.add(keyed("urgent", 9, "{\"k\":\"a\"}"));
        tasks.add(keyed("other", 4, "{\"k\":\"b\"}"));
        send(node, tasks.toArray(new TaskRecord[0]));
        assertThat(dueNow()).isEmpty();
        node.watch().callSoon();
        assertThat(dueNow()).as("the first of each key").containsExactly("other", "urgent");

        List<String> expected = new ArrayList<>(List.of("urgent"));
        tasks.subList(0, 20).forEach(task -> expected.add(task.id()));
        List<String> order = new ArrayList<>();
        finish(node, "other", enter(node, "other"));
        for (List<String> due = dueNow(); !due.isEmpty(); due = dueNow()) {
            assertThat(due).hasSize(1);
            Stay stay = enter(node, due.get(0));
            assertThat(stay.refuses()).isFalse();
            order.add(due.get(0));
            finish(node, due.get(0), stay);
        }
        assertThat(order).isEqualTo(expected);
    }

    /** Its node was killed when it was called, or just before. */
    @Test
    default void aTaskThatDoesNotComeIsCalledAgainAndATaskThatIsGoneIsForgotten() throws Exception {
        Node node = node("one", concurrency(1));
        send(node, task("a", 4, NOW), task("b", 4, NOW), task("c", 4, NOW));
        node.watch().callSoon();
        assertThat(dueNow()).containsExactly("a");
        database().run(em -> transitions(em).revoke(lock(em, "a"), NOW));
        node.call(LIMIT);
        assertThat(dueNow()).as("the next one comes in its place").containsExactly("b");

        database().run(em -> transitions(em).waitForCall(List.of(lock(em, "b"))));
        database()
                .run(em -> em.createNativeQuery("UPDATE errand_line SET called_at = 1 WHERE task_id = 'b'")
                        .executeUpdate());
        node.watch().all();
        node.watch().look(Long.MAX_VALUE);
        assertThat(dueNow()).containsExactly("b");
    }

    @Test
    default void aPausedQueueHoldsUpNoOtherQueueOfTheLimit() {
        Node node = node("one", concurrency(1));
        send(
                node,
                task("a", 9, NOW),
                new TaskRecord("b", "example.echo", "other", 4, null, null, null, NOW, NOW, null));
        database().run(em -> with(em, new QueueRecords()).pause("default", true, "ann", NOW));
        node.watch().callSoon();
        assertThat(dueNow()).containsExactly("b");
        assertThat(enter(node, "b").refuses()).isFalse();
    }

    @Test
    default void aChangeOfAnAdministratorCountsAtOnceAndAgainstTheCode() {
        Node node = node("one", concurrency(1));
        send(node, task("a", 4, NOW), task("b", 4, NOW), task("c", 4, NOW));
        node.watch().callSoon();
        Stay first = enter(node, "a");
        database()
                .run(em -> assertThat(store(em).limits().set("l", null, 3, "ann", NOW))
                        .isTrue());
        node("one", concurrency(1));
        node.call(LIMIT);
        assertThat(dueNow()).as("also after a deployment").containsExactly("a", "b", "c");
        assertThat(enter(node, "b").refuses()).isFalse();

        database().run(em -> store(em).limits().set("l", null, null, "ann", NOW));
        assertThat(enter(node, "c").refuses()).isTrue();
        finish(node, "a", first);
        assertThat(dueNow()).doesNotContain("c");
        database()
                .run(em -> assertThat(store(em).limits().set("unknown", null, 3, "ann", NOW))
                        .isFalse());
    }

    @Test
    default void aTaskThatWaitsForAPermitIsDueWhenItComes() {
        Node node = node("one", LimitsOn.rule("l", "2/s", 1, 0, ""));
        send(node, task("a", 4, NOW));
        assertThat(enter(node, "a").refuses()).isFalse();
        send(node, task("b", 4, NOW), task("c", 4, NOW), task("d", 4, NOW), task("e", 4, NOW));
        node.watch().callSoon();

        assertThat(wakeAt("b")).isBetween(NOW, NOW + 500);
        assertThat(wakeAt("c") - wakeAt("b")).isBetween(499L, 501L);
        assertThat(wakeAt("e")).as("too far ahead").isEqualTo(TaskRecord.NOT_CALLED);
        assertThat(find("b").retries()).isZero();
        assertThat(find("b").state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    default void aRateThatIsRaisedCountsForATaskThatWasCalledAtTheEarlierOne() {
        Node node = node("one", LimitsOn.rule("l", "1/h", 1, 0, ""));
        send(node, task("a", 4, NOW), task("b", 4, NOW));
        node.watch().callSoon();
        assertThat(enter(node, "a").refuses()).isFalse();
        node.call(LIMIT);
        assertThat(wakeAt("b")).isGreaterThan(NOW + 3_000_000);

        database().run(em -> store(em).limits().set("l", "100/s", null, "ann", NOW));
        node.call(LIMIT);
        assertThat(wakeAt("b")).isLessThan(NOW + 2_000);
    }

    /** By an hour: its permits and leases would last as long. */
    @Test
    default void aClockOfTheDatabaseThatIsSetBackStopsNothing() {
        assertThat(take(1, "dead", 3_600_000)).isTrue();
        assertThat(take(1, "next", 100)).isFalse();
        await().until(() -> take(1, "next", 100));

        long interval = TimeUnit.MILLISECONDS.toNanos(50);
        database().run(em -> {
            store(em).places().permits(LIMIT, interval, 1, 1);
            em.createNativeQuery("UPDATE errand_permit SET used_until = used_until + 3600000000000")
                    .executeUpdate();
        });
        await().until(() -> database()
                        .in(em -> store(em)
                                .places()
                                .permits(LIMIT, interval, 1, 1)
                                .granted())
                == 1);
    }

    @Test
    default void aTaskUnderTwoLimitsNeedsAPlaceOfEach() {
        Node node = node("one", concurrency(2), LimitsOn.rule("m", null, 0, 1, "/k"));
        send(node, keyed("a", 4, "{\"k\":1}"), keyed("b", 4, "{\"k\":1}"), keyed("c", 4, "{\"k\":2}"));
        node.watch().callSoon();
        assertThat(dueNow()).as("two have room in the first limit").containsExactly("a", "b");
        Stay a = enter(node, "a");
        assertThat(a.held()).containsExactlyInAnyOrder(LIMIT, new LimitKey("m", "1"));
        Stay b = enter(node, "b");
        assertThat(b.refuses()).isTrue();
        assertThat(dueNow()).as("b makes room for c").doesNotContain("b").contains("c");
        assertThat(enter(node, "c").refuses()).isFalse();
        finish(node, "a", a);
        assertThat(dueNow()).contains("b");
        assertThat(enter(node, "b").refuses()).isFalse();
    }

    /** Neither a look for due tasks nor a call reads the tasks that wait. */
    @Test
    default void manyWaitingTasksCostTheOthersNothing() throws Exception {
        Node node = node("one", concurrency(2));
        send(
                node,
                IntStream.range(0, 20_000).mapToObj(i -> task("w" + i, 4, NOW)).toArray(TaskRecord[]::new));
        insert(new TaskRecord("free", "other.task", "default", 0, null, null, null, NOW, NOW, null));
        awaitStatistics();
        database().run(em -> {
            assertThat(due(em).look(NOW).turns()).hasSize(1);
            Turn turn = due(em).look(NOW).turns().get(0);
            assertThat(due(em).lock(turn, NOW, 10)).extracting(TaskRecord::id).containsExactly("free");
        });
        database().run(em -> {
            store(em).lines().first(LIMIT, 12);
            assertThat(entriesRead(em)).isLessThan(1_000);
        });
        node.watch().callSoon();
        assertThat(dueNow()).containsExactly("free", "w0", "w1");
    }

    @Test
    default void dueTasksThatWouldBeRefusedLeaveTheWayAndCalledOnesStay() {
        Node node = node("one", concurrency(1));
        insert(task("a", 4, NOW), task("b", 4, NOW));
        List<String> runnable = database()
                .in(em -> node.runnable(store(em), List.of(lock(em, "a"), lock(em, "b"))).stream()
                        .map(TaskRecord::id)
                        .toList());
        assertThat(runnable).isEmpty();
        node.watch().callSoon();
        assertThat(dueNow()).containsExactly("a");
        int left = database()
                .in(em -> node.runnable(store(em), List.of(lock(em, "a"))).size());
        assertThat(left).isEqualTo(1);
    }

    @Test
    default void rowsOfKeysThatAreNotUsedArePruned() {
        assertThat(take(1, "a", 30_000)).isTrue();
        database().run(em -> store(em).places().permits(new LimitKey("l", "k"), 1_000_000, 1, 1));
        database().run(em -> store(em).places().prune(store(em).places().clock() - 60_000, 10));
        assertThat(rows("errand_place") + rows("errand_permit")).isEqualTo(2);
        database().run(em -> store(em).places().freeAll("n"));
        database().run(em -> store(em).places().prune(store(em).places().clock() + 60_000, 10));
        assertThat(rows("errand_place") + rows("errand_permit")).isZero();
    }
}
