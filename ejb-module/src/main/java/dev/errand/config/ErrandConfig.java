package dev.errand.config;

import dev.errand.url.WebAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of the engine, {@code errand.*} in MicroProfile Config. Each is checked, and a bad value stops the deployment.
 * The documentation has a row for each. Immutable.
 *
 * @param node this node's name, unique among the nodes of a database: {@code errand.node}, by default the server's name;
 *     followed by the application's name, if that is not Errand's own EAR. Several applications on a server are several nodes
 * @param application {@code errand.application}: the name of the application that this deployment of the engine belongs to;
 *     default: the deployment's name
 * @param role {@code errand.role}: whether this node runs tasks
 * @param datasource {@code errand.datasource}: the JNDI name of the server's datasource that holds the tasks
 * @param tablePrefix {@code errand.table-prefix}: the beginning of the tables' names, before errand_; empty by default
 * @param url {@code errand.url}: the address of the start page, for the log; null for the address that the server reports
 * @param firstLogin {@code errand.first-login}: a file with a line about the log-in, shown once in the log and deleted; or
 *     null
 * @param startWait {@code errand.start.wait}: the longest time that a deployment waits for the database
 * @param argumentMaxBytes {@code errand.argument.max-bytes}: the size of the largest argument or result, in bytes of JSON
 * @param traceMaxChars {@code errand.trace.max-chars}: the number of characters at which a kept stack trace is cut
 * @param lease {@code errand.lease}: the time that a node holds a task before other nodes may take it over
 * @param batchMax {@code errand.batch.max}: the largest number of short tasks that share a commit; 1: no task shares one
 * @param dispatch {@code errand.dispatch}: the way of messages to the handlers; null for JMS where the server has it, otherwise
 *     threads
 * @param concurrency {@code errand.concurrency}: the number of tasks that this node runs at once
 * @param queues {@code errand.queues}: the queues whose tasks this node runs; null for all
 * @param queuesExcept {@code errand.queues.except}: the queues whose tasks this node does not run
 * @param keepSuccess {@code errand.keep.success}: the time that a task is kept as SUCCESS
 * @param keepFailure {@code errand.keep.failure}: the time that a task is kept as FAILURE
 * @param keepRevoked {@code errand.keep.revoked}: the time that a task is kept as REVOKED
 * @param keepParked {@code errand.keep.parked}: the time after which a task that is still PARKED becomes REVOKED; null for never
 * @param mask {@code errand.mask}: the names of argument fields, in lower case, whose values are never shown
 */
public record ErrandConfig(
        String node,
        String application,
        Role role,
        String datasource,
        String tablePrefix,
        WebAddress url,
        Path firstLogin,
        Duration startWait,
        int argumentMaxBytes,
        int traceMaxChars,
        Duration lease,
        int batchMax,
        Dispatch dispatch,
        int concurrency,
        Set<String> queues,
        Set<String> queuesExcept,
        Duration keepSuccess,
        Duration keepFailure,
        Duration keepRevoked,
        Duration keepParked,
        Set<String> mask) {
    public static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";
    public static final int LEAST_CONCURRENCY = 1;
    public static final int MOST_CONCURRENCY = 1_000;

    /** The way of messages to the handlers. */
    public enum Dispatch {
        /** A JMS queue and its message-driven bean. */
        JMS,
        /** A queue in memory and threads of this node. */
        THREADS
    }

    /** The name of Errand's own EAR. */
    static final String DEFAULT_APPLICATION = "errand";

    /** The part of a node in the work. */
    public enum Role {
        /** It runs the tasks that it has handlers for. */
        WORKER,
        /** It sends tasks, and runs none. */
        SENDER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the name of the server, which its nodes have in common. */
    public String server() {
        return application.equals(DEFAULT_APPLICATION)
                ? node
                : node.substring(0, node.length() - application.length() - 1);
    }

    public boolean sender() {
        return role == Role.SENDER;
    }
}
