package dev.errand.config;

import dev.errand.url.InvalidAddressException;
import dev.errand.url.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Parser of the engine's settings, which it checks. Pure, except that the defaults use the names of the host and the deployment. */
public final class ConfigReader {
    private static final int MIB = 1024 * 1024;

    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,49}");

    private static final Pattern TABLE_PREFIX = Pattern.compile("|[a-z_][a-z0-9_]{0,19}");

    private static final Pattern QUEUE = Pattern.compile("[!-~]{1,100}");

    private final SettingReader settings;

    /** @param source returns the text of a key, if there is one */
    public ConfigReader(Function<String, Optional<String>> source) {
        this(new SettingReader(source));
    }

    ConfigReader(SettingReader settings) {
        this.settings = settings;
    }

    public ErrandConfig read() {
        String application = application();
        return new ErrandConfig(
                node(application),
                application,
                role(),
                settings.text("errand.datasource").orElse(ErrandConfig.DEFAULT_DATASOURCE),
                tablePrefix(),
                url(),
                settings.path("errand.first-login", null),
                settings.duration("errand.start.wait", "PT2M", "PT0S", "PT1H"),
                (int) settings.number("errand.argument.max-bytes", MIB, 1024, 64L * MIB),
                (int) settings.number("errand.trace.max-chars", 16_384, 0, MIB),
                settings.duration("errand.lease", "PT30S", "PT2S", "PT1H"),
                (int) settings.number("errand.batch.max", 100, 1, 500),
                dispatch(),
                (int) settings.number(
                        "errand.concurrency", 16, ErrandConfig.LEAST_CONCURRENCY, ErrandConfig.MOST_CONCURRENCY),
                settings.text("errand.queues").isEmpty() ? null : queues("errand.queues"),
                queues("errand.queues.except"),
                settings.duration("errand.keep.success", "P7D", "PT0S", "P3650D"),
                settings.duration("errand.keep.failure", "P90D", "PT0S", "P3650D"),
                settings.duration("errand.keep.revoked", "P30D", "PT0S", "P3650D"),
                settings.text("errand.keep.parked").isEmpty()
                        ? null
                        : settings.duration("errand.keep.parked", null, "PT0S", "P3650D"),
                settings.list("errand.mask", "secret,password")
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private String node(String application) {
        String server = Stream.of("errand.node", "jboss.node.name", "com.sun.aas.instanceName")
                .map(settings::text)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(ConfigReader::hostName);
        boolean own = application.equals(ErrandConfig.DEFAULT_APPLICATION);
        int most = own ? 100 : 99 - application.length();
        if (server.length() > most || server.isBlank()) {
            throw SettingReader.wrong(
                    "errand.node",
                    server,
                    "1 to " + most + " characters"
                            + (own ? "" : ", since the application's name \"" + application + "\" follows it"));
        }
        return own ? server : server + ":" + application;
    }

    private String application() {
        String name = settings.text("errand.application").orElseGet(ConfigReader::deploymentName);
        if (!APPLICATION.matcher(name).matches()) {
            throw SettingReader.wrong(
                    "errand.application",
                    name,
                    "1 to 50 of the characters A-Z a-z 0-9 . _ -, the first one a letter or a digit. Without the key, the"
                            + " deployment's name is used: set the key if that name has others.");
        }
        return name;
    }

    /** Returns the name of the EAR; or of the WAR, which is an application of its own. */
    private static String deploymentName() {
        for (String name : new String[] {"java:app/AppName", "java:module/ModuleName"}) {
            try {
                return InitialContext.<String>doLookup(name);
            } catch (NamingException e) {
                // outside of a component, where nothing of the application runs
            }
        }
        return ErrandConfig.DEFAULT_APPLICATION;
    }

    private String tablePrefix() {
        String prefix = settings.text("errand.table-prefix").orElse("");
        if (!TABLE_PREFIX.matcher(prefix).matches()) {
            throw SettingReader.wrong(
                    "errand.table-prefix",
                    prefix,
                    "at most 20 of the characters a-z 0-9 _, the first one no digit. Without the key, the tables are errand_task"
                            + " and so on; with shop_ they are shop_errand_task and so on.");
        }
        return prefix;
    }

    private ErrandConfig.Role role() {
        String text = settings.text("errand.role").orElse("worker");
        return Stream.of(ErrandConfig.Role.values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> SettingReader.wrong("errand.role", text, "worker, or sender: a node that runs no task"));
    }

    private ErrandConfig.Dispatch dispatch() {
        String text = settings.text("errand.dispatch").orElse("");
        return switch (text) {
            case "" -> null;
            case "jms" -> ErrandConfig.Dispatch.JMS;
            case "threads" -> ErrandConfig.Dispatch.THREADS;
            default -> throw SettingReader.wrong("errand.dispatch", text, "jms or threads");
        };
    }

    private Set<String> queues(String key) {
        Set<String> names = settings.list(key, "").collect(Collectors.toUnmodifiableSet());
        names.forEach(name -> {
            if (!QUEUE.matcher(name).matches()) {
                throw SettingReader.wrong(
                        key, name, "names of queues, separated by commas: 1 to 100 visible ASCII characters each");
            }
        });
        return names;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private WebAddress url() {
        String text = settings.text("errand.url").orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return WebAddress.parse(text);
        } catch (InvalidAddressException e) {
            throw SettingReader.wrong("errand.url", text, "an http or https address. " + e.getMessage());
        }
    }
}
