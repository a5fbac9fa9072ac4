package dev.errand.tasks.config;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.SettingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

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
 * @param tablePrefix {@code errand.table-prefix}: the beginning of the names of the webhooks' tables, as of the engine's; may be empty
 * @param webhookKey {@code errand.webhook.key}, otherwise the content of the file: the keys that encrypt the secrets of
 *     webhooks, in Base64; the first one is for new secrets; may be empty
 * @param webhookKeyFile {@code errand.webhook.key-file}: the file with the keys, if there is one; may be null
 * @param webhookDisableAfter {@code errand.webhook.disable-after}: how long a webhook may fail before it is disabled
 * @param webhookDisabledTask {@code errand.webhook.disabled-task}: the task that is sent then; null: none
 * @param webhookKeepDeliveries {@code errand.webhook.keep-deliveries}: how long the log of deliveries is kept
 */
public record TasksConfig(
        List<String> httpAllow,
        Duration httpConnectTimeout,
        Duration httpTimeout,
        Path archiveDir,
        long archiveMaxBytes,
        Duration archiveTimeout,
        String datastoreSchema,
        long datastoreMaxRows,
        String tablePrefix,
        List<String> webhookKey,
        Path webhookKeyFile,
        Duration webhookDisableAfter,
        String webhookDisabledTask,
        Duration webhookKeepDeliveries) {
    private static final long GIB = 1024L * 1024 * 1024;

    /** The length of a key of AES-256. */
    private static final int KEY_BYTES = 32;

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
                settings.number("errand.datastore.max-rows", 10_000_000, 1, 1_000_000_000),
                // the engine refuses a wrong one
                settings.text("errand.table-prefix").orElse(""),
                keys(settings),
                settings.path("errand.webhook.key-file", null),
                settings.duration("errand.webhook.disable-after", "P5D", "PT0S", "P365D"),
                settings.text("errand.webhook.disabled-task")
                        .map(TasksConfig::task)
                        .orElse(null),
                settings.duration("errand.webhook.keep-deliveries", "P7D", "PT1H", "P3650D"));
    }

    /** Reads the keys. A refusal does not show them. */
    private static List<String> keys(SettingReader settings) {
        List<String> keys = settings.list("errand.webhook.key", "").toList();
        Path file = settings.path("errand.webhook.key-file", null);
        String where = "configuration key errand.webhook.key";
        if (keys.isEmpty() && file != null && Files.exists(file)) {
            keys = keys(file);
            where = "file " + file + " (errand.webhook.key-file)";
        }
        for (String key : keys) {
            if (!isKey(key)) {
                throw new InvalidDeploymentException("The " + where + " has an entry that is not"
                        + " the Base64 of 32 bytes. Make a key with \"openssl rand -base64 32\". Several are separated by"
                        + " commas, the newest first.");
            }
        }
        return keys;
    }

    private static List<String> keys(Path file) {
        try {
            return Stream.of(Files.readString(file).split("[,\\s]+"))
                    .filter(key -> !key.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new InvalidDeploymentException(
                    "The file " + file + " of the configuration key errand.webhook.key-file"
                            + " cannot be read. Let the server's user read it.",
                    e);
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns a text without the keys. */
    @Override
    public String toString() {
        return "TasksConfig[webhookKey=" + webhookKey.size() + " keys, archiveDir=" + archiveDir + "]";
    }

    /** Checks the name before it is needed: a task that cannot be sent would keep a webhook enabled. */
    private static String task(String name) {
        if (name.matches("[!-~]{1,255}")) {
            return name;
        }
        throw new InvalidDeploymentException("The configuration key errand.webhook.disabled-task has the value \""
                + name + "\". Allowed: the name of a task, 1 to 255 visible ASCII characters without blanks.");
    }

    private static String identifier(String schema) {
        if (schema.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            return schema;
        }
        throw new InvalidDeploymentException("The configuration key errand.datastore.schema has the value \"" + schema
                + "\". Allowed: 1 to 63 letters, digits and _, the first one not a digit.");
    }
}
