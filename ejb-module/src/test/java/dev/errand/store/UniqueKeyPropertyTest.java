package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.send.NamedSends;
import dev.errand.send.Sent;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.h2.jdbcx.JdbcConnectionPool;

/** The life of one unique key, against a model of it: any steps, in any order. */
class UniqueKeyPropertyTest {
    private static final TaskOptions KEY = TaskOptions.none().uniqueKey("key");
    private static final Duration QUIET = Duration.ofMillis(40);
    private static final Duration MAX = Duration.ofMillis(100);
    private static final long WINDOW = 60;

    private static Database database;

    @BeforeContainer
    static void start() throws Exception {
        database = new Database(JdbcConnectionPool.create("jdbc:h2:mem:unique;DB_CLOSE_DELAY=-1", "sa", "sa"));
    }

    @AfterContainer
    static void stop() {
        database.close();
    }

    enum Step {
        SEND,
        SEND_KEPT,
        SEND_FOR_A_WINDOW,
        REPLACE,
        DEBOUNCE,
        START,
        SUCCEED,
        FAIL,
        RETRY,
        REVOKE,
        PARK,
        RUN_AGAIN,
        DELETE,
        WAIT
    }

    /** A task as the model has it. */
    private static final class Model {
        final String id;
        final long createdAt;
        TaskState state = TaskState.PENDING;
        String argument;
        long dueAt;
        Long uniqueUntil;

        Model(String id, long createdAt) {
            this.id = id;
            this.createdAt = createdAt;
        }

        boolean holds(long now) {
            return switch (state) {
                case FAILURE, REVOKED -> false;
                case SUCCESS -> uniqueUntil != null && uniqueUntil > now;
                default -> true;
            };
        }

        boolean waits() {
            return !state.finished() && state != TaskState.STARTED;
        }
    }

    private long now;
    private int number;
    private final List<Model> tasks = new ArrayList<>();

    @Provide
    Arbitrary<List<Step>> lives() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(30);
    }

    @Property(tries = 300)
    void theKeyHasAtMostOneTaskAndTheAnswersSaySo(@ForAll("lives") List<Step> life) throws Exception {
        database.empty();
        now = 1_000;
        number = 0;
        tasks.clear();
        for (Step step : life) {
            now++;
            Optional<Model> holder =
                    tasks.stream().filter(task -> task.holds(now)).findFirst();
            switch (step) {
                case SEND -> send(holder, KEY, null);
                case SEND_KEPT -> send(holder, KEY.onDuplicate(OnDuplicate.KEEP), null);
                case SEND_FOR_A_WINDOW -> send(holder, KEY.uniqueFor(Duration.ofMillis(WINDOW)), now + WINDOW);
                case REPLACE -> send(holder, KEY.onDuplicate(OnDuplicate.REPLACE), null);
                case DEBOUNCE -> send(holder, KEY.debounce(QUIET, MAX), null);
                case WAIT -> now += 25;
                default -> change(step, holder);
            }
            check();
        }
    }

    private void send(Optional<Model> holder, TaskOptions options, Long until) {
        String id = "t" + number++;
        long due = options.debounce() == null ? now : now + QUIET.toMillis();
        TaskRecord record = new TaskRecord(id, "t.t", "default", 4, null, "key", "\"" + id + "\"", now, due, null)
                .uniqueUntil(until);
        boolean changes = options.debounce() != null || options.onDuplicate() == OnDuplicate.REPLACE;
        boolean keeps = options.onDuplicate() == OnDuplicate.KEEP;
        if (holder.isEmpty()) {
            assertThat(sent(record, options)).isEqualTo(new Sent(id, true));
            Model task = new Model(id, now);
            task.uniqueUntil = until;
            task.argument = record.argument();
            task.dueAt = due;
            tasks.add(task);
        } else if (keeps || changes && holder.get().waits()) {
            assertThat(sent(record, options)).isEqualTo(new Sent(holder.get().id, false));
            if (changes) {
                holder.get().argument = record.argument();
                holder.get().dueAt =
                        options.debounce() == null ? due : Math.min(due, holder.get().createdAt + MAX.toMillis());
            }
        } else {
            assertThat(catchThrowableOfType(DuplicateTaskException.class, () -> sent(record, options)))
                    .hasMessageContaining(holder.get().id);
        }
    }

    private Sent sent(TaskRecord record, TaskOptions options) {
        return database.in(em -> new NamedSends(
                        with(em, new KeyHolders()),
                        with(em, new TaskRecords()),
                        with(em, new TaskTransitions()),
                        with(em, new ControlRecords()),
                        Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC),
                        Set.of())
                .send(record, options));
    }

    /** Does the step to the newest task, if its state allows it. */
    private void change(Step step, Optional<Model> holder) {
        if (tasks.isEmpty()) {
            return;
        }
        Model task = tasks.get(tasks.size() - 1);
        database.run(em -> {
            TaskTransitions transitions = with(em, new TaskTransitions());
            TaskRecord record = with(em, new TaskRecords()).lock(task.id).orElseThrow();
            Ended ended = new Ended(task.id, record.run(), "node", now, now, null);
            switch (step) {
                case START -> {
                    if (to(task, TaskState.STARTED)) {
                        transitions.start(record, "node", now, now + 1);
                    }
                }
                case SUCCEED -> {
                    if (to(task, TaskState.SUCCESS)) {
                        transitions.end(ended, TaskState.SUCCESS, null, null);
                    }
                }
                case FAIL -> {
                    if (to(task, TaskState.FAILURE)) {
                        transitions.end(ended, TaskState.FAILURE, null, null);
                    }
                }
                case RETRY -> {
                    if (to(task, TaskState.RETRY)) {
                        transitions.retry(ended, null, now, TaskTransitions.Changes.NONE);
                        task.dueAt = now;
                    }
                }
                case REVOKE -> {
                    if (to(task, TaskState.REVOKED)) {
                        transitions.revoke(record, now);
                    }
                }
                case PARK -> {
                    if (to(task, TaskState.PARKED)) {
                        transitions.park(record, now);
                    }
                }
                case RUN_AGAIN -> runAgain(em, task, record, holder);
                default -> {
                    if (task.state.finished()) {
                        with(em, new OldRecords()).delete(task.id);
                        tasks.remove(task);
                    }
                }
            }
        });
    }

    private boolean to(Model task, TaskState next) {
        boolean can = task.state.canBecome(next);
        task.state = can ? next : task.state;
        return can;
    }

    /** It asks for the key first, as the administration does. */
    private void runAgain(EntityManager em, Model task, TaskRecord record, Optional<Model> holder) {
        if (task.state == TaskState.FAILURE || task.state == TaskState.REVOKED) {
            boolean free = with(em, new KeyHolders()).ofKey("key", now).isEmpty();
            assertThat(free).isEqualTo(holder.isEmpty());
            if (free) {
                with(em, new TaskTransitions()).runAgain(record, now);
                task.state = TaskState.PENDING;
                task.dueAt = now;
            }
        }
    }

    private void check() {
        List<Model> holding = tasks.stream().filter(task -> task.holds(now)).toList();
        assertThat(holding).hasSizeLessThan(2);
        database.run(em -> {
            assertThat(with(em, new KeyHolders()).ofKey("key", now).map(KeyHolders.Holder::id))
                    .isEqualTo(holding.stream().map(task -> task.id).findFirst());
            for (Model task : tasks) {
                TaskRecord record = with(em, new TaskRecords()).find(task.id).orElseThrow();
                assertThat(record.state()).isEqualTo(task.state);
                assertThat(record.argument()).isEqualTo(task.argument);
                assertThat(record.dueAt()).isEqualTo(task.dueAt);
            }
        });
    }
}
