package dev.errand.timer;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.NodeSettings;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.Routes;
import dev.errand.queue.StartGate;
import dev.errand.run.RunningTasks;
import dev.errand.run.StuckRuns;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRecords.Claim;
import dev.errand.store.NodeRow;
import dev.errand.store.ServedQueues;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The part of this node among the nodes that share the tables: it claims the tasks of its handlers, registers, and is seen
 * every few seconds. Thread-safe.
 */
@ApplicationScoped
public class Membership {
    /** The time between two updates of this node's row. */
    private static final long SEEN_MILLIS = 5_000;

    /** The number of such updates after which the other rows are read. */
    private static final int READ_EVERY = 2;

    /** The age at which the row of a dead node is deleted. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    /** The same for a node for which an administrator has set something. */
    private static final Duration SET_FORGOTTEN = Duration.ofDays(365);

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * The time in which a live node must be seen again. A node that was killed a moment ago looks alive until then. Longer
     * than {@link #SEEN_MILLIS}, and short enough for a refused deployment to fail within ten seconds.
     */
    Duration patience = Duration.ofSeconds(7);

    @Inject
    NodeRecords records;

    @Inject
    Routes routes;

    @Inject
    HandlerRegistry handlers;

    @Inject
    RunningTasks running;

    @Inject
    Concurrency concurrency;

    @Inject
    StartGate gate = StartGate.OPEN;

    @Inject
    StuckRuns stuck;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private long startedAt;
    private long seenAt;
    private int beats;
    private volatile boolean left;
    private List<String> registeredStuck = List.of();
    private ServedQueues registeredServed = ServedQueues.ALL;

    /**
     * Claims the tasks and registers the node.
     *
     * @throws InvalidDeploymentException if a live node of another application has a handler for one of the tasks
     */
    public void join() {
        startedAt = clock.millis();
        if (config.sender()) {
            if (!handlers.tasks().isEmpty()) {
                LogMessage.SENDER_ONLY.log(handlers.tasks().size());
            }
        } else {
            claim();
        }
        adapt();
        register();
        routes.refresh();
    }

    /** Takes over what an administrator has set for this node, on this node or on another one. */
    private void adapt() {
        NodeSettings wanted = records.settings(config.node()).orElse(NodeSettings.none());
        boolean others = gate.serve(wanted.queues() == null ? null : ServedQueues.of(wanted.queues()));
        if (others && wanted.queues() != null) {
            LogMessage.QUEUES_KEPT.log(config.node(), String.join(", ", wanted.queues()));
        }
        int tasks = wanted.concurrency() == null ? config.concurrency() : wanted.concurrency();
        if (tasks != concurrency.limit()) {
            concurrency.limit(tasks);
            if (tasks != config.concurrency()) {
                LogMessage.CONCURRENCY_KEPT.log(tasks, config.node(), config.concurrency());
            }
        }
    }

    private void register() {
        seenAt = clock.millis();
        registeredStuck = stuck.ids();
        registeredServed = gate.served();
        records.register(row());
    }

    private NodeRow row() {
        boolean runs = !config.sender();
        return new NodeRow(
                config.node(),
                config.server(),
                config.application(),
                EngineVersion.TEXT,
                config.sender(),
                runs ? handlers.tasks().stream().sorted().toList() : List.of(),
                runs
                        ? handlers.all().stream()
                                .map(Handler::queue)
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(),
                concurrency.limit(),
                running.all().size(),
                startedAt,
                seenAt,
                registeredServed,
                registeredStuck);
    }

    private void claim() {
        Map<String, Long> seen = new HashMap<>();
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<String, Claim> claims = records.claims();
            List<NodeRow> holders = holders(claims);
            for (NodeRow holder : holders) {
                Long before = seen.putIfAbsent(holder.node(), holder.seenAt());
                if (before != null && before != holder.seenAt()) {
                    throw taken(claims, holder);
                }
            }
            if (holders.isEmpty() || System.nanoTime() - end >= 0) {
                if (records.claim(config.application(), handlers.tasks(), claims, clock.millis())) {
                    logMoves(claims);
                    return;
                }
                // another node has claimed one at this moment
                end = System.nanoTime() + patience.toNanos();
                seen.clear();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Returns the nodes of other applications that seem to live and to have handlers for tasks of this node. */
    private List<NodeRow> holders(Map<String, Claim> claims) {
        long now = clock.millis();
        return records.nodes().stream()
                .filter(node -> !node.application().equals(config.application())
                        && !node.node().equals(config.node())
                        && node.isLive(now)
                        && !contested(claims, node).isEmpty())
                .toList();
    }

    private Set<String> contested(Map<String, Claim> claims, NodeRow holder) {
        Set<String> contested = new TreeSet<>(handlers.tasks());
        contested.removeIf(task -> claims.get(task) == null
                || !claims.get(task).application().equals(holder.application())
                || !holder.handlers().contains(task));
        return contested;
    }

    private InvalidDeploymentException taken(Map<String, Claim> claims, NodeRow holder) {
        List<String> tasks = new ArrayList<>(contested(claims, holder));
        return new InvalidDeploymentException("The application \"" + config.application()
                + "\" has a handler of the task"
                + (tasks.size() == 1 ? " " : "s ") + quoted(tasks) + ", and so has the application \""
                + holder.application() + "\", which runs on the node \"" + holder.node() + "\" with the same tables."
                + " If both deployments are versions of one application, give them the same errand.application."
                + " Otherwise rename one of the tasks, or leave out one of the handlers. If the task has moved here,"
                + " stop \"" + holder.application() + "\" or deploy it without the handler; then deploy this"
                + " application again: the task and what waits for it then move here.");
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    private void logMoves(Map<String, Claim> claims) {
        Map<String, Set<String>> moves = new HashMap<>();
        for (String task : handlers.tasks()) {
            Claim claim = claims.get(task);
            if (claim != null && !claim.application().equals(config.application())) {
                moves.computeIfAbsent(claim.application(), any -> new TreeSet<>())
                        .add(task);
            }
        }
        moves.forEach((from, tasks) -> LogMessage.TASKS_MOVED.log(tasks, config.application(), from));
    }

    /** Ends the beats, because the node stops: a late one would add its row again. */
    public void leave() {
        left = true;
    }

    /** Is seen, at most every five seconds. Must be called once a second. */
    public void beat() {
        long now = clock.millis();
        if (Math.abs(now - seenAt) < SEEN_MILLIS) {
            return;
        }
        seenAt = now;
        if (!records.seen(
                config.node(), startedAt, concurrency.limit(), running.all().size(), now)) {
            if (left) {
                return;
            }
            if (records.nodes().stream().anyMatch(node -> node.node().equals(config.node()) && node.isLive(now))) {
                LogMessage.NODE_TWICE.logAtMostOnceAMinute(config.node());
            }
            register();
        }
        adapt();
        if (!registeredStuck.equals(stuck.ids()) || !gate.served().equals(registeredServed)) {
            register();
        }
        if (++beats % READ_EVERY == 0) {
            routes.refresh();
            if (beats % 1_000 == 0) {
                records.forget(now - FORGOTTEN.toMillis(), now - SET_FORGOTTEN.toMillis());
            }
        }
    }
}
