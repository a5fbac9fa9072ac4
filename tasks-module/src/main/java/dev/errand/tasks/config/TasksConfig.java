package dev.errand.tasks.config;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.SettingReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the built-in tasks, {@code errand.*} in MicroProfile Config. Each is checked, and a bad value stops
 * the deployment. The documentation has a row for each. Immutable.
 *
 * @param httpAllow {@code errand.http.allow}: private hosts, addresses and networks that tasks may call
 * @param httpConnectTimeout {@code errand.http.connect-timeout}: the longest wait for a connection
 * @param httpTimeout {@code errand.http.timeout}: the longest time for a whole webhook
 * @param archiveDir {@code errand.archive.dir}: the folder of archived files
 * @param archiveMaxBytes {@code errand.archive.max-bytes}: the largest file to archive
 * @param archiveTimeout {@code errand.archive.timeout}: the longest time for a whole archived file
 * @param datastoreSchema {@code errand.datastore.schema}: the schema of the tables that files are loaded into; null: the
 *     database user's own
 * @param datastoreMaxRows {@code errand.datastore.max-rows}: the most rows of a file
 */
public record TasksConfig(
        List<String> httpAllow,
        Duration httpConnectTimeout,
        Duration httpTimeout,
        Path archiveDir,
        long archiveMaxBytes,
        Duration archiveTimeout,
        String datastoreSchema,
        long datastoreMaxRows) {
    private static final long GIB = 1024L * 1024 * 1024;

    /**
     * Reads the settings.
     *
     * @throws dev.errand.api.InvalidDeploymentException naming the key, the value and the values that are allowed
     */
    public static TasksConfig read(SettingReader settings) {
        return new TasksConfig(
                settings.list("errand.http.allow", "").toList(),
                settings.duration("errand.http.connect-timeout", "PT5S", "PT0.1S", "PT5M"),
                settings.duration("errand.http.timeout", "PT30S", "PT0.1S", "PT1H"),
                settings.path("errand.archive.dir", System.getProperty("user.home") + "/errand-archive"),
                settings.number("errand.archive.max-bytes", GIB, 1, Long.MAX_VALUE),
                settings.duration("errand.archive.timeout", "PT1H", "PT1S", "P1D"),
                settings.text("errand.datastore.schema")
                        .map(TasksConfig::identifier)
                        .orElse(null),
                settings.number("errand.datastore.max-rows", 10_000_000, 1, 1_000_000_000));
    }

    private static String identifier(String schema) {
        if (schema.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            return schema;
        }
        throw new InvalidDeploymentException("The configuration key errand.datastore.schema has the value \"" + schema
                + "\". Allowed: 1 to 63 letters, digits and _, the first one not a digit.");
    }
}
