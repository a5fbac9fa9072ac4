package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.handler.Policy;
import dev.errand.limit.LimitsOn;
import dev.errand.queue.BatchGuard;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.InFlight;
import dev.errand.queue.SettableClock;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.run.RunningTasks;
import dev.errand.store.Due;
import dev.errand.store.DueRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.Turn;
import dev.errand.timer.DueTasks.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at a database whose statements take as long as a test says. */
class DueTasksTest {
    private static final int ROOM = 1_000;

    private final SettableClock clock = new SettableClock();
    private final List<TaskRecord> due = new ArrayList<>();
    private final List<String> held = new ArrayList<>();
    private final Set<String> barred = new HashSet<>();
    private long statementMillis;
    private boolean shares;
    private final DueTasks tasks = new DueTasks();

    @BeforeEach
    void wire() {
        tasks.clock = clock;
        tasks.config = new ConfigReader(key -> Optional.empty()).read();
        tasks.running = new RunningTasks();
        tasks.inFlight = new InFlight();
        tasks.batchGuard = new BatchGuard();
        tasks.limits = LimitsOn.none();
        tasks.handlers = new HandlerRegistry() {
            @Override
            public Optional<Handler> find(String task) {
                return Optional.of(
                        new Handler(task, "T", "m", "q", 4, null, String.class, true, Policy.NONE, () -> null));
            }
        };
        tasks.stats = new HandlerStats() {
            @Override
            public boolean shares(TaskRecord record, long now) {
                return shares && !barred.contains(record.task());
            }

            @Override
            public int runners(String task) {
                return 2;
            }

            @Override
            public void runAlone(Collection<String> tasks) {
                barred.addAll(tasks);
            }
        };
        tasks.due = new DueRecords() {
            @Override
            public Due look(long now) {
                return new Due(
                        due.stream()
                                .map(record -> new Turn("", 4, List.of(record.queue()), 1))
                                .toList(),
                        OptionalLong.empty());
            }

            @Override
            public List<TaskRecord> lock(Turn turn, long now, int limit) {
                pass();
                return due.stream()
                        .filter(record -> turn.queues().contains(record.queue()))
                        .limit(limit)
                        .toList();
            }
        };
        tasks.transitions = new TaskTransitions() {
            @Override
            public void lease(Collection<TaskRecord> locked, String node, long until) {
                due.removeAll(locked);
            }

            @Override
            public void hold(Collection<TaskRecord> locked, String task) {
                due.removeAll(locked);
                locked.forEach(record -> held.add(record.id()));
            }
        };
    }

    private void pass() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(statementMillis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void areDue(int queues) {
        IntStream.range(0, queues)
                .mapToObj(i -> new TaskRecord("t-" + i, "t.t", "q-" + i, 4, null, null, null, 0, clock.millis(), null))
                .forEach(due::add);
    }

    /** The time-out of a transaction would undo the locks of a look. */
    @Test
    void aLongLookEndsWithTheTasksFoundSoFar() {
        areDue(50);
        statementMillis = 60;

        Found found = tasks.take(ROOM);

        assertThat(found.messages()).hasSizeBetween(1, 49);
        assertThat(found.taken()).isEqualTo(found.messages().size());
        assertThat(found.noRoom()).as("so that the next look follows").isTrue();
    }

    @Test
    void statementsThatTakeLongerThanALookStopNoWork() {
        areDue(3);
        statementMillis = 600;
        List<TaskMessage> messages = new ArrayList<>();

        while (!due.isEmpty()) {
            Found found = tasks.take(ROOM);
            assertThat(found.messages()).isNotEmpty();
            messages.addAll(found.messages());
        }

        assertThat(messages).extracting(TaskMessage::id).containsExactlyInAnyOrder("t-0", "t-1", "t-2");
    }

    @Test
    void shortTasksThatBatchRunnersLeaveDueRunAlone() {
        areDue(3);
        shares = true;
        int looks = 0;

        Found found = tasks.take(ROOM);
        while (found.runners() > 0) {
            assertThat(++looks).isLessThan(20);
            assertThat(found.messages()).isEmpty();
            tasks.batchGuard.idle();
            found = tasks.take(ROOM);
        }

        assertThat(found.noRoom() && found.taken() > 0)
                .as("the next look follows at once")
                .isTrue();
        assertThat(tasks.take(ROOM).messages()).hasSize(3);
        assertThat(due).isEmpty();
    }

    @Test
    void tasksOfAPausedNameAreHeldAndTheOthersRun() {
        areDue(3);
        due.add(new TaskRecord("p-1", "t.paused", "q-x", 4, null, null, null, 0, clock.millis(), null));
        due.add(new TaskRecord("p-2", "t.paused", "q-p", 4, null, null, null, 0, clock.millis(), null));
        tasks.gate = new StartGate() {
            @Override
            public boolean holds(TaskRecord record) {
                return record.task().equals("t.paused");
            }
        };

        Found found = tasks.take(ROOM);

        assertThat(found.messages()).extracting(TaskMessage::id).containsExactlyInAnyOrder("t-0", "t-1", "t-2");
        assertThat(held).containsExactlyInAnyOrder("p-1", "p-2");
    }

    @Test
    void aTaskWithoutAPlaceStaysDueAndTheNextLookDoesNotFollowAtOnce() {
        areDue(2);
        tasks.gate = new StartGate() {
            @Override
            public boolean take(TaskRecord record, long leaseEnd) {
                return false;
            }
        };

        Found found = tasks.take(ROOM);

        assertThat(found.messages()).isEmpty();
        assertThat(found.taken()).isZero();
        assertThat(due).hasSize(2);
    }
}
