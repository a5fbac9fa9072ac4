package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.AuditAction;
import dev.errand.api.InvalidValueException;
import dev.errand.api.Misfire;
import dev.errand.api.NotFoundException;
import dev.errand.api.Overlap;
import dev.errand.api.Schedule;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.ScheduleInfo.Origin;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.api.TaskValue;
import dev.errand.schedule.CodeTransaction;
import dev.errand.schedule.ScheduleFiring;
import dev.errand.schedule.ScheduleTransaction;
import dev.errand.schedule.Schedules;
import dev.errand.send.ScheduledTasks.Order;
import dev.errand.store.ScheduleRow.Terms;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Schedules in the tables, and the transaction that fires them. */
interface ScheduleContract extends StoreSteps {
    Instant START = Instant.parse("2026-11-28T08:00:00Z");

    default Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    default ScheduleFiring firing(EntityManager em, Clock clock) {
        return Schedules.firing(with(em, new ScheduleRecords()), clock, orders -> insert(em, orders, clock));
    }

    private void insert(EntityManager em, List<Order> orders, Clock clock) {
        transitions(em)
                .insert(orders.stream()
                        .map(order -> new TaskRecord(
                                order.id(),
                                order.task(),
                                "default",
                                4,
                                null,
                                null,
                                order.argument(),
                                clock.millis(),
                                clock.millis(),
                                null))
                        .toList());
    }

    default int fire(Instant now) {
        return database().in(em -> firing(em, at(now)).fire(10));
    }

    default <T> T call(Instant now, Function<ScheduleTransaction, T> call) {
        return database()
                .in(em -> call.apply(Schedules.calls(
                        with(em, new ScheduleRecords()),
                        with(em, new NodeRecords()),
                        at(now),
                        orders -> insert(em, orders, at(now)))));
    }

    default ScheduleInfo put(Schedule schedule) {
        return call(START, calls -> calls.put(schedule, "ann"));
    }

    default ScheduleInfo schedule(String name) {
        return call(START, calls -> calls.find(name)).orElseThrow();
    }

    default List<String> ids() {
        return database()
                .in(em -> em.createQuery("SELECT t.id FROM TaskRecord t ORDER BY t.id", String.class)
                        .getResultList());
    }

    default Schedule quarter(String name) {
        return Schedule.named(name).task("t.t").every(Duration.ofMinutes(15));
    }

    default void end(String id) {
        database().run(em -> transitions(em).end(ended(id, 1), TaskState.SUCCESS, null, null));
    }

    @Test
    default void aScheduleComesBackAsItWasWritten() {
        Schedule written = Schedule.named("a/b")
                .task("t.t")
                .argument(Map.of("text", "hello ü 😀"))
                .cron(" 30 2 * * MON#1 ")
                .zone(ZoneId.of("America/Argentina/ComodRivadavia"))
                .queue("slow")
                .priority(9)
                .misfire(Misfire.ALL)
                .overlap(Overlap.ALLOW)
                .from(START)
                .until(START.plus(Duration.ofDays(900)))
                .jitter(Duration.ofSeconds(30));
        put(written);

        ScheduleInfo read = schedule("a/b");
        assertThat(read.argument()).isEqualTo(Map.of("text", "hello ü 😀"));
        assertThat(new Schedule(
                        read.name(),
                        read.task(),
                        null,
                        read.cron(),
                        read.every(),
                        read.zone(),
                        read.queue(),
                        read.priority(),
                        read.misfire(),
                        read.overlap(),
                        read.from(),
                        read.until(),
                        read.jitter()))
                .isEqualTo(written.argument(null).cron("30 2 * * MON#1"));
        assertThat(read.origin()).isEqualTo(Origin.API);
        assertThat(read.next()).isEqualTo("2026-12-07T05:30:00Z");
        assertThat(read.last()).isNull();
        assertThat(read.problem()).contains("t.t", "Deploy");
        put(quarter("a"));
        assertThat(call(START, ScheduleTransaction::list))
                .extracting(ScheduleInfo::name)
                .containsExactly("a", "a/b");
    }

    @Test
    default void anInstantGetsOneTaskInTheTransactionThatMovesTheSchedule() {
        put(quarter("q").argument(TaskValue.ofJson("{\"a\":1}")));
        Instant first = START.plus(Duration.ofMinutes(15));
        assertThat(fire(first.minusMillis(1))).isZero();

        try (Database.Tx dies = database().begin()) {
            assertThat(firing(dies.em, at(first)).fire(10)).isEqualTo(1);
            assertThat(fire(first)).as("another node takes others").isZero();
        }
        assertThat(ids()).as("the node died before its commit").isEmpty();

        assertThat(fire(first.plusMillis(9))).isEqualTo(1);
        assertThat(fire(first.plusMillis(9))).isZero();
        assertThat(ids()).containsExactly("q@2026-11-28T08:15:00Z");
        assertThat(find("q@2026-11-28T08:15:00Z").argument()).isEqualTo(Map.of("a", 1));
        ScheduleInfo after = schedule("q");
        assertThat(after.last()).isEqualTo(first);
        assertThat(after.lastTask()).isEqualTo("q@2026-11-28T08:15:00Z");
        assertThat(after.next()).isEqualTo(first.plus(Duration.ofMinutes(15)));
        database()
                .run(em -> assertThat(with(em, new ScheduleRecords()).firstWake())
                        .hasValue(after.next().toEpochMilli()));
    }

    @Test
    default void aStepFromAnInstantThatAnotherNodeHasLeftChangesNothing() {
        put(quarter("q"));
        ScheduleRow read =
                database().in(em -> with(em, new ScheduleRecords()).find("q").orElseThrow());
        fire(START.plus(Duration.ofMinutes(15)));

        database().run(em -> {
            ScheduleRecords records = with(em, new ScheduleRecords());
            assertThat(records.move(read, read.course().next(1L))).isFalse();
            assertThat(records.save(read)).isFalse();
        });
    }

    @Test
    default void nodesThatFireAtTheSameTimeFireEachInstantOnce() throws Exception {
        int instants = 30;
        List.of("a", "b", "c")
                .forEach(name -> put(Schedule.named(name)
                        .task("t.t")
                        .every(Duration.ofSeconds(1))
                        .overlap(Overlap.ALLOW)
                        .misfire(Misfire.ALL)));
        AtomicLong now = new AtomicLong(START.toEpochMilli());
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            Callable<Void> node = () -> {
                while (now.get() <= START.plusSeconds(instants).toEpochMilli()) {
                    fire(Instant.ofEpochMilli(now.addAndGet(200)));
                }
                return null;
            };
            for (Future<Void> ended : nodes.invokeAll(List.of(node, node, node))) {
                ended.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        fire(START.plusSeconds(instants + 2));
        assertThat(ids())
                .containsAll(IntStream.rangeClosed(1, instants)
                        .boxed()
                        .flatMap(second ->
                                List.of("a", "b", "c").stream().map(name -> name + "@" + START.plusSeconds(second)))
                        .toList());
    }

    @Test
    default void anInstantWhoseIdIsTakenIsNotSentAgain() {
        put(quarter("q"));
        insert(task("q@2026-11-28T08:15:00Z", 4, NOW));

        assertThat(fire(START.plus(Duration.ofMinutes(15)))).isEqualTo(1);

        assertThat(ids()).hasSize(1);
        assertThat(schedule("q").next()).isEqualTo(START.plus(Duration.ofMinutes(30)));
    }

    @Test
    default void aTaskThatIsNotFinishedHoldsUpTheNextOneOrNot() {
        put(quarter("skip"));
        put(quarter("queue").overlap(Overlap.QUEUE));
        put(quarter("allow").overlap(Overlap.ALLOW));
        fire(START.plus(Duration.ofMinutes(15)));
        fire(START.plus(Duration.ofMinutes(30)));

        assertThat(ids())
                .containsExactly(
                        "allow@2026-11-28T08:15:00Z",
                        "allow@2026-11-28T08:30:00Z",
                        "queue@2026-11-28T08:15:00Z",
                        "skip@2026-11-28T08:15:00Z");
        assertThat(schedule("skip").skipped()).isEqualTo(1);
        assertThat(schedule("skip").skippedAt()).isEqualTo(START.plus(Duration.ofMinutes(30)));
        assertThat(schedule("queue").skipped()).isZero();
        assertThat(schedule("queue").next()).isEqualTo(START.plus(Duration.ofMinutes(30)));

        end("queue@2026-11-28T08:15:00Z");
        fire(START.plus(Duration.ofMinutes(31)));
        assertThat(ids()).contains("queue@2026-11-28T08:30:00Z");
        assertThat(schedule("queue").next()).isEqualTo(START.plus(Duration.ofMinutes(45)));
    }

    @Test
    default void atMostOneTaskWaitsInAPausedQueueOrIsParked() {
        database().run(em -> with(em, new QueueRecords()).pause("default", true, "ann", NOW));
        put(quarter("paused").overlap(Overlap.ALLOW));
        put(quarter("parked").queue("other").overlap(Overlap.ALLOW).misfire(Misfire.ALL));
        put(quarter("unknown").task("unknown").queue("other").overlap(Overlap.QUEUE));
        fire(START.plus(Duration.ofMinutes(15)));
        database().run(em -> transitions(em).park(lock(em, "parked@2026-11-28T08:15:00Z"), NOW));

        for (int quarters = 2; quarters < 6; quarters++) {
            fire(START.plus(Duration.ofMinutes(15 * quarters)));
        }

        assertThat(ids())
                .containsExactly(
                        "parked@2026-11-28T08:15:00Z", "paused@2026-11-28T08:15:00Z", "unknown@2026-11-28T08:15:00Z");
    }

    @Test
    default void aPauseEndsWithTheNextInstantAfterIt() {
        put(quarter("q").misfire(Misfire.ALL));
        call(START, calls -> calls.pause("q", "bob"));
        assertThat(schedule("q").paused()).isTrue();
        assertThat(schedule("q").pausedBy()).isEqualTo("bob");
        assertThat(schedule("q").next()).isNull();
        assertThat(fire(START.plus(Duration.ofHours(1)))).isZero();
        put(quarter("q").misfire(Misfire.ALL).every(Duration.ofMinutes(20)));
        assertThat(schedule("q").paused()).as("after a change").isTrue();
        assertThat(fire(START.plus(Duration.ofHours(1)))).isZero();

        Instant resumed = START.plus(Duration.ofMinutes(90));
        ScheduleInfo after = call(resumed, calls -> calls.resume("q", "bob"));

        assertThat(after.paused()).isFalse();
        assertThat(after.next()).as("in its rhythm").isEqualTo(START.plus(Duration.ofMinutes(100)));
        assertThat(fire(resumed)).isZero();
        assertThat(fire(after.next())).isEqualTo(1);
        assertThat(ids()).containsExactly("q@2026-11-28T09:40:00Z");
    }

    @Test
    default void aChangeOfOtherValuesThanTheTimesKeepsTheNextInstant() {
        put(quarter("q"));
        Instant later = START.plus(Duration.ofMinutes(5));

        ScheduleInfo changed = call(later, calls -> calls.put(quarter("q").argument(2), "ann"));
        assertThat(changed.next()).isEqualTo(START.plus(Duration.ofMinutes(15)));

        assertThat(call(later, calls -> calls.put(quarter("q").every(Duration.ofHours(1)), "ann"))
                        .next())
                .isEqualTo(later.plus(Duration.ofHours(1)));
    }

    @Test
    default void aRunOnDemandIsATaskOfItsOwn() {
        put(quarter("q"));
        call(START, calls -> calls.pause("q", "ann"));

        String id = call(START, calls -> calls.runNow("q", "cleo"));
        String second = call(START, calls -> calls.runNow("q", "cleo"));

        assertThat(id).isEqualTo("q@2026-11-28T08:00:00.001Z");
        assertThat(ids()).containsExactly(id, second);
        assertThat(schedule("q").lastTask()).as("not finished").isEqualTo(id);
        assertThat(schedule("q").last()).isNull();
        assertThat(find(id).audit())
                .extracting(audit -> audit.action() + " " + audit.by())
                .contains("RUN cleo");
    }

    @Test
    default void theActionsOfUsersAreAudited() {
        put(quarter("q"));
        put(quarter("q"));
        call(START, calls -> calls.pause("q", "ann"));
        call(START, calls -> calls.pause("q", "ann"));
        call(START, calls -> calls.resume("q", "bob"));
        call(START, calls -> calls.runNow("q", null));
        call(START, calls -> calls.remove("q", "ann"));

        List<String> audit = database()
                .in(em -> em
                        .createQuery(
                                "SELECT a.action FROM AuditRecord a WHERE a.schedule = 'q' ORDER BY a.id",
                                AuditAction.class)
                        .getResultList()
                        .stream()
                        .map(AuditAction::name)
                        .toList());
        assertThat(audit)
                .as("a call that changed nothing leaves no entry")
                .containsExactly("PUT", "PAUSE", "RESUME", "RUN", "REMOVE");
    }

    @Test
    default void wrongCallsAreRefused() {
        assertThatThrownBy(() -> put(Schedule.named("q").every(Duration.ofHours(1))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("no task");
        assertThatThrownBy(() -> put(Schedule.named("q").task("t.t").cron("0 0 30 2 *")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("never fires");
        assertThatThrownBy(() -> put(quarter("q").until(START.plusSeconds(1))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("never fires");
        assertThatThrownBy(() -> call(START, calls -> calls.pause("missing", "ann")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> call(START, calls -> calls.runNow("\0", "ann")))
                .isInstanceOf(NotFoundException.class);
        boolean removed = call(START, calls -> calls.remove("missing", "ann"));
        assertThat(removed).isFalse();
        assertThat(call(START, ScheduleTransaction::list)).isEmpty();
    }

    @Test
    default void aScheduleThatThisNodeCannotReadHoldsUpNoOther() {
        put(quarter("a"));
        put(quarter("b"));
        database()
                .run(em -> em.createNativeQuery("UPDATE errand_schedule SET zone = 'Moon/Tycho' WHERE name = 'a'")
                        .executeUpdate());

        assertThat(fire(START.plus(Duration.ofMinutes(15)))).isEqualTo(2);

        assertThat(ids()).containsExactly("b@2026-11-28T08:15:00Z");
        assertThat(schedule("a").problem()).contains("Moon/Tycho");
        assertThat(fire(START.plus(Duration.ofMinutes(15)))).isZero();
    }

    private static Terms every(int seconds) {
        return new Terms(
                "t.t", null, (long) seconds, "UTC", null, null, null, Misfire.ONCE, Overlap.SKIP, null, null, null);
    }

    /** A node starts, with schedules in its code. */
    default boolean deploy(String node, Instant now, Map<String, Terms> code) {
        database()
                .run(em -> with(em, new NodeRecords())
                        .register(new NodeRow(
                                node,
                                node,
                                "errand",
                                "1",
                                false,
                                List.of("t.t"),
                                List.of(),
                                1,
                                0,
                                now.toEpochMilli(),
                                now.toEpochMilli())));
        return deployed(node, now, code);
    }

    default boolean deployed(String node, Instant now, Map<String, Terms> code) {
        return database().in(em -> {
            CodeTransaction transaction = Schedules.code(with(em, new ScheduleRecords()), node);
            return transaction.apply(code, Schedules.hash(code), now.toEpochMilli());
        });
    }

    default List<String> inTheTable() {
        return call(START, ScheduleTransaction::list).stream()
                .map(schedule -> schedule.name() + " " + schedule.every())
                .toList();
    }

    @Test
    default void theTableFollowsTheCodeOfAnApplication() {
        put(quarter("ofauser"));
        assertThat(deploy("n1", START, Map.of("a", every(60), "b", every(60)))).isTrue();
        assertThat(inTheTable()).containsExactly("a PT1M", "b PT1M", "ofauser PT15M");
        assertThat(schedule("a").origin()).isEqualTo(Origin.CODE);
        assertThat(schedule("a").problem()).isNull();
        call(START, calls -> calls.pause("a", "ann"));

        assertThat(deploy("n1", START.plusSeconds(5), Map.of("a", every(120), "c", every(60))))
                .isTrue();

        assertThat(inTheTable()).containsExactly("a PT2M", "c PT1M", "ofauser PT15M");
        assertThat(schedule("a").paused()).isTrue();
        assertThatThrownBy(() -> call(START, calls -> calls.remove("a", "ann")))
                .isInstanceOf(TaskStateException.class)
                .hasMessageContaining("errand");
        assertThatThrownBy(() -> put(quarter("a"))).isInstanceOf(TaskStateException.class);
    }

    @Test
    default void aRedeploymentOfTheSameCodeMovesNothing() {
        deploy("n1", START, Map.of("a", every(60)));
        Instant next = schedule("a").next();

        deploy("n1", START.plusSeconds(30), Map.of("a", every(60)));

        assertThat(schedule("a").next()).isEqualTo(next);
    }

    /** During an update of one node after the other, a node with the earlier version may restart. */
    @Test
    default void theEarlierVersionOfTheCodeDoesNotReturnWhileANodeHasTheNewerOne() {
        Map<String, Terms> old = Map.of("a", every(60));
        Map<String, Terms> newer = Map.of("a", every(90));
        deploy("n1", START, old);
        deploy("n2", START, newer);
        assertThat(inTheTable()).containsExactly("a PT1M30S");

        assertThat(deploy("n1", START.plusSeconds(1), old)).isFalse();
        assertThat(inTheTable()).containsExactly("a PT1M30S");
        assertThat(deployed("n1", START.plusSeconds(2), old)).isFalse();

        assertThat(deploy("n2", START.plusSeconds(3), old))
                .as("the last node goes back, too")
                .isTrue();
        assertThat(inTheTable()).containsExactly("a PT1M");
        assertThat(deployed("n1", START.plusSeconds(4), old)).isTrue();
    }

    @Test
    default void theEarlierVersionOfTheCodeReturnsWhenTheNodeWithTheNewerOneIsDead() {
        deploy("n1", START, Map.of("a", every(60)));
        deploy("n2", START, Map.of("a", every(90)));

        assertThat(deploy("n1", START.plusSeconds(60), Map.of("a", every(60)))).isTrue();

        assertThat(inTheTable()).containsExactly("a PT1M");
    }

    @Test
    default void theCodeTakesOverTheScheduleOfAUser() {
        put(quarter("a"));

        deploy("n1", START, Map.of("a", every(60)));

        assertThat(schedule("a").origin()).isEqualTo(Origin.CODE);
        assertThat(schedule("a").every()).isEqualTo(Duration.ofMinutes(1));
    }
}
