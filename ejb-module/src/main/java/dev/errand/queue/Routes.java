package dev.errand.queue;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRecords.Claim;
import dev.errand.store.NodeRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application of each task, as far as this node knows. A send asks the database only for a task that this node does not
 * know, and for the same one at most once a second. The node that finds a task decides by the database itself. Thread-safe.
 */
@ApplicationScoped
public class Routes {
    private static final long UNKNOWN_MILLIS = 1_000;

    /** The most names that are remembered as unknown: a sender may use any number of them. */
    private static final int MOST_UNKNOWN = 1_000;

    private final Map<String, Long> unknown = new ConcurrentHashMap<>();
    private volatile Map<String, Claim> claims = Map.of();
    private volatile List<NodeRow> nodes = List.of();

    @Inject
    NodeRecords records;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Reads the tables. */
    public void refresh() {
        nodes = records.nodes();
        claims = Map.copyOf(records.claims());
    }

    /** Returns the application of a task; '' if it was never deployed. */
    public String application(String task) {
        Claim claim = claims.get(task);
        if (claim != null) {
            return claim.application();
        }
        long now = clock.millis();
        Long asked = unknown.get(task);
        if (asked != null && Math.abs(now - asked) < UNKNOWN_MILLIS) {
            return "";
        }
        Optional<String> found = records.application(task);
        if (found.isEmpty()) {
            if (unknown.size() >= MOST_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(task, now);
        } else {
            unknown.remove(task);
        }
        return found.orElse("");
    }

    /** Returns whether a node was seen recently that can run the task, as far as this node knows. */
    public boolean isRunnable(String task) {
        long now = clock.millis();
        return nodes.stream()
                .anyMatch(node ->
                        node.isLive(now) && !node.sender() && node.handlers().contains(task));
    }

    /** Returns whether a node was seen recently that serves the queue, as far as this node knows. */
    public boolean isServed(String queue) {
        long now = clock.millis();
        return nodes.stream().anyMatch(node -> node.isLive(now) && node.serves(queue));
    }

    /** Returns the nodes, also those that are dead, as this node last read them. */
    public List<NodeRow> nodes() {
        return nodes;
    }

    /**
     * Returns whether nodes of other applications, senders, or nodes that serve only some queues send tasks without a message
     * to this node.
     */
    public boolean isShared() {
        long now = clock.millis();
        return nodes.stream()
                .anyMatch(node -> node.isLive(now)
                        && !node.node().equals(config.node())
                        && (node.sender()
                                || node.served().isPart()
                                || !node.application().equals(config.application())));
    }

    /** Returns the claims of this node's application whose waiting tasks have not all followed. */
    public List<Claim> moving() {
        return claims.values().stream()
                .filter(claim -> claim.application().equals(config.application())
                        && !claim.movedFrom().isEmpty())
                .toList();
    }
}
