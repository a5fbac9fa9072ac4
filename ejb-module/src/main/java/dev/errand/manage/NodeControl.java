package dev.errand.manage;

import dev.errand.api.NotFoundException;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.Transports;
import dev.errand.store.NodeRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

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
    ErrandConfig config;

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
        if (!nodes.want(node, tasks)) {
            throw new NotFoundException("There is no node \"" + node
                    + "\". GET /tasks/api/nodes lists the nodes; this one is \"" + name() + "\".");
        }
        if (node.equals(name())) {
            concurrency.limit(tasks);
        }
        LogMessage.CONCURRENCY_BY.log(node, tasks, LogMessage.nameOf(by));
    }
}
