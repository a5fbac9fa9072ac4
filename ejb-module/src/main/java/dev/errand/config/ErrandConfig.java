package dev.errand.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * All settings, {@code errand.*} in MicroProfile Config, each checked: a bad value stops the deployment.
 * docs/reference/configuration.md has a row for each. Immutable.
 *
 * @param node {@code errand.node}: this node's name, unlike any other's on the same database; default the server's
 * @param datasource {@code errand.datasource}: the JNDI name of the server's datasource that tasks are kept in
 * @param url {@code errand.url}: where people reach the start page, for the log
 * @param firstLogin {@code errand.first-login}: a file with a line about the log-in, shown once in the log and deleted; or null
 * @param startWait {@code errand.start.wait}: how long a deployment waits for the database
 * @param argumentMaxBytes {@code errand.argument.max-bytes}: the largest argument or result, as JSON
 * @param traceMaxChars {@code errand.trace.max-chars}: where a kept stack trace is cut
 * @param lease {@code errand.lease}: how long a node has a task before others may take it over
 * @param bundleMax {@code errand.bundle.max}: how many short tasks may share a commit; 1: none do
 * @param keepSuccess {@code errand.keep.success}: how long a SUCCESS is kept
 * @param keepFailure {@code errand.keep.failure}: how long a FAILURE is kept
 * @param keepRevoked {@code errand.keep.revoked}: how long a REVOKED task is kept
 * @param mask {@code errand.mask}: names of argument fields, lower case, whose values nobody is shown
 * @param httpAllow {@code errand.http.allow}: private hosts, addresses and networks that tasks may call all the same
 * @param httpConnectTimeout {@code errand.http.connect-timeout}
 * @param httpTimeout {@code errand.http.timeout}: of a webhook as a whole
 * @param archiveDir {@code errand.archive.dir}: where archived files go
 * @param archiveMaxBytes {@code errand.archive.max-bytes}: the largest file to archive
 * @param archiveTimeout {@code errand.archive.timeout}: of an archived file as a whole
 */
public record ErrandConfig(
        String node,
        String datasource,
        URI url,
        Path firstLogin,
        Duration startWait,
        int argumentMaxBytes,
        int traceMaxChars,
        Duration lease,
        int bundleMax,
        Duration keepSuccess,
        Duration keepFailure,
        Duration keepRevoked,
        Set<String> mask,
        List<String> httpAllow,
        Duration httpConnectTimeout,
        Duration httpTimeout,
        Path archiveDir,
        long archiveMaxBytes,
        Duration archiveTimeout) {
    public static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";
}
