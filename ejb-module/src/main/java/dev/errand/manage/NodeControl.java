package dev.errand.manage;

import dev.errand.api.NodeSettings;
import dev.errand.api.NotFoundException;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.StartGate;
import dev.errand.queue.SweepTrigger;
import dev.errand.queue.Transports;
import dev.errand.store.NodeRecords;
import dev.errand.store.ServedQueues;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;

/** The figures of this node, and what an administrator changes on a node while it runs. Thread-safe. */
@ApplicationScoped
public class NodeControl {
    @Inject
    Concurrency concurrency;

    @Inject
    NodeRecords nodes;

    @Inject
    Transports transports;

    @Inject
    StartGate gate;

    @Inject
    SweepTrigger sweep;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    public String name() {
        return config.node();
    }

    /** Returns jms or threads. */
    public String dispatch() {
        return transports.jms() ? "jms" : "threads";
    }

    public int concurrency() {
        return concurrency.limit();
    }

    /**
     * Changes the number of tasks that a node runs at once. Another node than this one reads it within seconds.
     *
     * @param by the name of the user, or null, for the audit
     * @throws NotFoundException if no node has that name
     */
    public void concurrency(String node, int tasks, String by) {
        Concurrency.check(tasks);
        configure(node, settings(node).concurrency(tasks), by);
    }

    /** @throws NotFoundException if no node has that name */
    public NodeSettings settings(String node) {
        return nodes.settings(node).orElseThrow(() -> unknown(node));
    }

    /**
     * Replaces the settings of an administrator for a node. Another node than this one reads them within seconds.
     *
     * @param by the name of the user, or null, for the audit
     * @throws NotFoundException if no node has that name
     */
    public void configure(String node, NodeSettings settings, String by) {
        NodeSettings before = settings(node);
        if (!nodes.configure(node, settings, by, clock.millis())) {
            throw unknown(node);
        }
        if (node.equals(name())) {
            concurrency.limit(settings.concurrency() == null ? config.concurrency() : settings.concurrency());
            gate.serve(settings.queues() == null ? null : ServedQueues.of(settings.queues()));
            // queues that it serves now may have due tasks
            sweep.request(clock.millis());
        }
        if (settings.concurrency() != null && Objects.equals(settings.queues(), before.queues())) {
            LogMessage.CONCURRENCY_BY.log(node, settings.concurrency(), LogMessage.nameOf(by));
        } else {
            LogMessage.SETTINGS_BY.log("node", node, settings, LogMessage.nameOf(by));
        }
    }

    private NotFoundException unknown(String node) {
        return new NotFoundException("There is no node \"" + node
                + "\". GET /tasks/api/nodes lists the nodes; this one is \"" + name() + "\".");
    }
}
