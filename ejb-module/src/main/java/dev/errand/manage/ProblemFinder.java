package dev.errand.manage;

import dev.errand.api.ProblemInfo;
import dev.errand.api.ProblemInfo.Kind;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskOptions;
import dev.errand.config.EngineClock;
import dev.errand.queue.FullQueues;
import dev.errand.schedule.ScheduleOperations;
import dev.errand.store.DueRecords;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.Millis;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRow;
import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The conditions that an operator should fix. Each is found by a few look-ups, whatever the number of tasks: none counts them.
 * Always in the caller's transaction. Thread-safe.
 */
@ApplicationScoped
public class ProblemFinder {
    /** The most names of one kind. */
    static final int MOST = 100;

    @Inject
    DueRecords due;

    @Inject
    NodeRecords nodes;

    @Inject
    QueueRecords queues;

    @Inject
    HandlerRecords handlers;

    @Inject
    FullQueues full;

    @Inject
    ScheduleOperations schedules;

    @Inject
    @EngineClock
    Clock clock;

    List<ProblemInfo> all() {
        long now = clock.millis();
        List<NodeRow> live =
                nodes.nodes().stream().filter(node -> node.isLive(now)).toList();
        boolean runs = live.stream().anyMatch(node -> !node.sender());
        List<ProblemInfo> found = new ArrayList<>();
        if (!runs) {
            found.add(new ProblemInfo(
                    Kind.NO_NODE,
                    null,
                    "No live node runs tasks.",
                    "Start a node. If one runs, look for errors of the database in its log, and compare the clocks.",
                    null));
        }
        due.parked(MOST).forEach(task -> found.add(parked(task)));
        queues.all().stream()
                .map(queue -> of(queue, live, runs))
                .filter(Objects::nonNull)
                .limit(MOST)
                .forEach(found::add);
        handlers.holds().stream().limit(MOST).forEach(hold -> add(hold, found));
        schedules.list().stream()
                .filter(schedule -> schedule.problem() != null)
                .limit(MOST)
                .map(ProblemFinder::of)
                .forEach(found::add);
        live.forEach(node -> node.stuck().stream()
                .limit(MOST)
                .map(id -> stuck(id, node.node()))
                .forEach(found::add));
        return found;
    }

    private static ProblemInfo parked(String task) {
        return new ProblemInfo(
                Kind.PARKED,
                task,
                "Tasks named \"" + task + "\" are PARKED: no live node has a handler for them.",
                "Deploy the handler. If the name is wrong, correct it at the sender, and revoke the tasks.",
                null);
    }

    /** Returns the problem of a queue; null if it has none. A queue without waiting tasks has none. */
    private ProblemInfo of(QueueRecord queue, List<NodeRow> live, boolean runs) {
        String name = queue.name();
        if (queue.paused()) {
            return waits(name)
                    ? new ProblemInfo(
                            Kind.QUEUE_PAUSED,
                            name,
                            "Tasks wait in the queue \"" + name + "\", which is paused.",
                            "Resume the queue.",
                            queue.pausedAt())
                    : null;
        }
        if (runs && live.stream().noneMatch(node -> node.serves(name)) && waits(name)) {
            return notServed(name);
        }
        return full.isFull(name)
                ? new ProblemInfo(
                        Kind.QUEUE_FULL,
                        name,
                        "The queue \"" + name + "\" has as many tasks as its maxPending allows, "
                                + queue.settings().maxPending() + ": sends are refused.",
                        "Run the queue on more nodes or with a higher concurrency, or raise its maxPending.",
                        null)
                : null;
    }

    private static ProblemInfo notServed(String name) {
        boolean ofNode = name.startsWith(TaskOptions.NODE_QUEUE);
        return new ProblemInfo(
                Kind.QUEUE_NOT_SERVED,
                name,
                "Tasks wait in the queue \"" + name + "\", which no live node serves.",
                ofNode
                        ? "Start the node \"" + name.substring(TaskOptions.NODE_QUEUE.length())
                                + "\". If it is gone, revoke the tasks and send them again without it."
                        : "Start a node that serves the queue; or add it to errand.queues of a node, or to its queues by"
                                + " PUT /tasks/api/nodes/{node}.",
                null);
    }

    private boolean waits(String queue) {
        return queues.pending(queue, 1) > 0;
    }

    private void add(Hold hold, List<ProblemInfo> found) {
        if (hold.fuseAt() != null) {
            found.add(new ProblemInfo(
                    Kind.FUSE_BLOWN,
                    hold.task(),
                    "The fuse of the task \"" + hold.task() + "\" has blown: its runs failed with " + hold.fuseError()
                            + ". Its tasks wait; the next try is at " + Millis.instant(hold.probeAt()) + ".",
                    "Fix the cause of the failures. The fuse then closes at the next try, or at once by"
                            + " POST /tasks/api/handlers/{task}/resume.",
                    Millis.instant(hold.fuseAt())));
        } else if (due.isHeld(handlers.applications(hold.task()), hold.task())) {
            found.add(new ProblemInfo(
                    Kind.HANDLER_PAUSED,
                    hold.task(),
                    "Tasks named \"" + hold.task() + "\" wait, because the name is paused.",
                    "Resume the name: POST /tasks/api/handlers/{task}/resume.",
                    Millis.instant(hold.pausedAt())));
        }
    }

    private static ProblemInfo of(ScheduleInfo schedule) {
        return new ProblemInfo(
                Kind.SCHEDULE,
                schedule.name(),
                "The schedule \"" + schedule.name() + "\" does not fire. " + schedule.problem(),
                "Deploy a handler for the task \"" + schedule.task() + "\", or change or remove the schedule.",
                null);
    }

    private static ProblemInfo stuck(String id, String node) {
        return new ProblemInfo(
                Kind.STUCK_RUN,
                id,
                "The task \"" + id + "\" is past its time limit on the node \"" + node + "\" and does not end.",
                "A thread dump of the node shows what its handler waits for. Give that call a time-out of its own;"
                        + " restart the node to end the run.",
                null);
    }
}
