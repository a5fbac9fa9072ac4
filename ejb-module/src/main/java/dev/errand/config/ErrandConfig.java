package dev.errand.config;

import dev.errand.url.WebAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The settings of the engine, {@code errand.*} in MicroProfile Config. Each is checked, and a bad value stops the deployment.
 * The documentation has a row for each. Immutable.
 *
 * @param node {@code errand.node}: this node's name, unlike any other's on the same database; default the server's
 * @param datasource {@code errand.datasource}: the JNDI name of the server's datasource that tasks are kept in
 * @param url {@code errand.url}: the address of the start page, for the log; null for the address that the server tells
 * @param firstLogin {@code errand.first-login}: a file with a line about the log-in, shown once in the log and deleted; or null
 * @param startWait {@code errand.start.wait}: how long a deployment waits for the database
 * @param argumentMaxBytes {@code errand.argument.max-bytes}: the largest argument or result, as JSON
 * @param traceMaxChars {@code errand.trace.max-chars}: where a kept stack trace is cut
 * @param lease {@code errand.lease}: how long a node has a task before others may take it over
 * @param batchMax {@code errand.batch.max}: how many short tasks may share a commit; 1: none do
 * @param keepSuccess {@code errand.keep.success}: how long a SUCCESS is kept
 * @param keepFailure {@code errand.keep.failure}: how long a FAILURE is kept
 * @param keepRevoked {@code errand.keep.revoked}: how long a REVOKED task is kept
 * @param mask {@code errand.mask}: names of argument fields, lower case, whose values nobody is shown
 */
public record ErrandConfig(
        String node,
        String datasource,
        WebAddress url,
        Path firstLogin,
        Duration startWait,
        int argumentMaxBytes,
        int traceMaxChars,
        Duration lease,
        int batchMax,
        Duration keepSuccess,
        Duration keepFailure,
        Duration keepRevoked,
        Set<String> mask) {
    public static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";
}
