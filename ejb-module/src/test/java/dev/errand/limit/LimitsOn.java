package dev.errand.limit;

import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.LimitRule;
import dev.errand.handler.LimitRules;
import dev.errand.handler.Rate;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.SweepTrigger;
import dev.errand.queue.TaskMessage;
import dev.errand.store.LimitKey;
import dev.errand.store.LimitRecords;
import dev.errand.store.LineRecords;
import dev.errand.store.PlaceRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import dev.errand.store.database.DatabaseMonitor;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Limits without a container, for tests that bring the tables. */
public final class LimitsOn {
    private LimitsOn() {}

    /** The classes of the store in one transaction. */
    public record Store(
            LimitRecords limits,
            PlaceRecords places,
            LineRecords lines,
            TaskRecords records,
            TaskTransitions transitions) {}

    /** Runs work in a transaction. */
    public interface Tables {
        <T> T in(Function<Store, T> work);
    }

    /** Limits of which no task has one. */
    public static Limits none() {
        Limits limits = new Limits();
        limits.rules = new LimitRules(Map.of());
        return limits;
    }

    public static LimitRule rule(String name, String rate, int burst, int concurrency, String by) {
        return new LimitRule(name, by, rate == null ? null : Rate.of(rate), burst, concurrency);
    }

    /** A node with handlers of the given limits. */
    public static Node node(String name, Map<String, List<LimitRule>> byTask, Tables tables, Clock clock) {
        ErrandConfig config = new ConfigReader(
                        key -> Optional.ofNullable(Map.of("errand.node", name).get(key)))
                .read();
        LimitRules rules = new LimitRules(byTask);
        LimitValues known = new LimitValues();
        Function<Store, Gate> gate = store -> {
            Gate made = new Gate();
            made.rules = rules;
            made.values = values(known, store);
            made.places = store.places();
            made.lines = store.lines();
            made.records = store.records();
            made.transitions = store.transitions();
            made.config = config;
            made.clock = clock;
            return made;
        };
        Function<Store, Caller> caller = store -> {
            Caller made = new Caller();
            made.values = values(known, store);
            made.places = store.places();
            made.lines = store.lines();
            made.transitions = store.transitions();
            made.afterCommit = silent(line -> line.run());
            made.config = config;
            made.clock = clock;
            return made;
        };
        LineWatch watch = new LineWatch();
        watch.clock = clock;
        watch.trigger = new SweepTrigger() {
            @Override
            public void request(long at) {
                // no sweep listens
            }
        };
        watch.monitor = new DatabaseMonitor();
        watch.caller = new Caller() {
            @Override
            public OptionalLong callNext(LimitKey limit) {
                return tables.in(store -> caller.apply(store).callNext(limit));
            }
        };
        watch.lines = new Lines() {
            @Override
            public Optional<LimitKey> next(LimitKey after) {
                return tables.in(store -> store.lines().next(after));
            }
        };
        Limits limits = new Limits();
        limits.rules = rules;
        limits.values = known;
        limits.watch = watch;
        limits.config = config;
        limits.clock = clock;
        limits.monitor = new DatabaseMonitor() {
            @Override
            public boolean isCauseOf(Throwable error) {
                return false;
            }
        };
        limits.gate = new Gate() {
            @Override
            public Optional<Answer> enter(String taskId, int run, String holder) {
                return tables.in(store -> gate.apply(store).enter(taskId, run, holder));
            }

            @Override
            public Answer enter(Collection<TaskRecord> tasks, String holder) {
                return tables.in(store -> gate.apply(store).enter(tasks, holder));
            }

            @Override
            public boolean stand(String taskId, int run, LimitKey limit) {
                return tables.in(store -> gate.apply(store).stand(taskId, run, limit));
            }

            @Override
            public void free(Collection<LimitKey> held, String holder) {
                tables.in(store -> {
                    gate.apply(store).free(held, holder);
                    return null;
                });
            }
        };
        tables.in(store -> {
            Upkeep upkeep = new Upkeep();
            upkeep.rules = rules;
            upkeep.limits = store.limits();
            upkeep.config = config;
            upkeep.declare();
            return null;
        });
        return new Node(limits, watch);
    }

    private static LimitValues values(LimitValues known, Store store) {
        return new LimitValues() {
            @Override
            InForce read(String name) {
                return known.readFrom(store.limits(), name);
            }

            @Override
            InForce lastRead(LimitRule rule) {
                return known.lastRead(rule);
            }
        };
    }

    private static AfterCommit silent(Consumer<Runnable> lines) {
        return new AfterCommit() {
            @Override
            public void then(Runnable line) {
                lines.accept(line);
            }

            @Override
            public void publish(List<TaskMessage> messages, Long wakeAt) {
                // no sweep listens
            }
        };
    }

    /** A node of a test. */
    public record Node(Limits limits, LineWatch watch) {
        /** Calls the next tasks of a line. */
        public void call(LimitKey limit) {
            watch.call(limit);
        }

        /** Sends tasks in a transaction of the store. */
        public void send(Store store, List<TaskRecord> tasks) {
            limits.lines = store.lines();
            limits.afterCommit = silent(Runnable::run);
            List<LineRecords.Entry> waiting = limits.send(tasks);
            store.transitions().insert(tasks);
            limits.sent(waiting);
        }

        /** Takes due tasks out of the way that would be refused, as the sweep does. */
        public List<TaskRecord> runnable(Store store, List<TaskRecord> locked) {
            limits.lines = store.lines();
            limits.transitions = store.transitions();
            limits.afterCommit = silent(Runnable::run);
            return limits.runnable(locked);
        }
    }
}
