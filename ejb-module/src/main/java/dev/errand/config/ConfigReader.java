package dev.errand.config;

import dev.errand.url.InvalidAddressException;
import dev.errand.url.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parser of the engine's settings, which it checks. Pure, except that the defaults use the name of the host. */
public final class ConfigReader {
    private static final int MIB = 1024 * 1024;

    private final SettingReader settings;

    /** @param source returns the text of a key, if there is one */
    public ConfigReader(Function<String, Optional<String>> source) {
        this(new SettingReader(source));
    }

    ConfigReader(SettingReader settings) {
        this.settings = settings;
    }

    public ErrandConfig read() {
        return new ErrandConfig(
                node(),
                settings.text("errand.datasource").orElse(ErrandConfig.DEFAULT_DATASOURCE),
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
                settings.duration("errand.keep.success", "P7D", "PT0S", "P3650D"),
                settings.duration("errand.keep.failure", "P90D", "PT0S", "P3650D"),
                settings.duration("errand.keep.revoked", "P30D", "PT0S", "P3650D"),
                settings.list("errand.mask", "secret,password")
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private String node() {
        String node = Stream.of("errand.node", "jboss.node.name", "com.sun.aas.instanceName")
                .map(settings::text)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(ConfigReader::hostName);
        if (node.length() > 100 || node.isBlank()) {
            throw SettingReader.wrong("errand.node", node, "1 to 100 characters");
        }
        return node;
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
