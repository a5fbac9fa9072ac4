package dev.errand.manage;

import dev.errand.api.NotFoundException;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.Transports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The figures of this node, and what an administrator changes on it while it runs. Thread-safe. */
@ApplicationScoped
public class NodeControl {
    @Inject
    Concurrency concurrency;

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
     * Changes how many tasks this node runs at once, until it restarts.
     *
     * @param by the name of the user, or null, for the audit
     * @throws NotFoundException if the name is not this node's
     */
    public void concurrency(String node, int tasks, String by) {
        if (!node.equals(name())) {
            throw new NotFoundException("This is the node \"" + name() + "\", and not \"" + node
                    + "\". Call that node, or set errand.concurrency there.");
        }
        concurrency.limit(tasks);
        LogMessage.CONCURRENCY_BY.log(node, tasks, LogMessage.nameOf(by));
    }
}
