package dev.errand.config;

import dev.errand.api.InvalidConfigurationException;
import dev.errand.url.InvalidAddressException;
import dev.errand.url.UserInfo;
import dev.errand.url.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts to checked settings. Pure, but for the names of this machine and user as defaults. */
public final class ConfigReader {
    private static final int MIB = 1024 * 1024;

    private final Function<String, Optional<String>> source;

    /** @param source gives the text of a key, if it has one */
    public ConfigReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    public ErrandConfig read() {
        return new ErrandConfig(
                node(),
                text("errand.datasource").orElse(ErrandConfig.DEFAULT_DATASOURCE),
                url(),
                text("errand.first-login")
                        .map(file -> path("errand.first-login", file))
                        .orElse(null),
                duration("errand.start.wait", "PT2M", "PT0S", "PT1H"),
                (int) number("errand.argument.max-bytes", MIB, 1024, 64L * MIB),
                (int) number("errand.trace.max-chars", 16_384, 0, MIB),
                duration("errand.lease", "PT30S", "PT2S", "PT1H"),
                (int) number("errand.bundle.max", 100, 1, 500),
                duration("errand.keep.success", "P7D", "PT0S", "P3650D"),
                duration("errand.keep.failure", "P90D", "PT0S", "P3650D"),
                duration("errand.keep.revoked", "P30D", "PT0S", "P3650D"),
                list("errand.mask", "secret,password")
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                list("errand.http.allow", "").toList(),
                duration("errand.http.connect-timeout", "PT5S", "PT0.1S", "PT5M"),
                duration("errand.http.timeout", "PT30S", "PT0.1S", "PT1H"),
                path(
                        "errand.archive.dir",
                        text("errand.archive.dir").orElse(System.getProperty("user.home") + "/errand-archive")),
                number("errand.archive.max-bytes", 1024L * MIB, 1, Long.MAX_VALUE),
                duration("errand.archive.timeout", "PT1H", "PT1S", "P1D"));
    }

    private String node() {
        String node = Stream.of("errand.node", "jboss.node.name", "com.sun.aas.instanceName")
                .map(this::text)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(ConfigReader::hostName);
        if (node.length() > 100 || node.isBlank()) {
            throw wrong("errand.node", node, "1 to 100 characters");
        }
        return node;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private WebAddress url() {
        String text = text("errand.url").orElse("http://localhost:8080/tasks/");
        try {
            return WebAddress.parse(text);
        } catch (InvalidAddressException e) {
            throw wrong("errand.url", text, "an http or https address. " + e.getMessage());
        }
    }

    private long number(String key, long fallback, long min, long max) {
        String text = text(key).orElse(Long.toString(fallback));
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(key, text, "a whole number from " + min + " to " + max);
    }

    private Duration duration(String key, String fallback, String min, String max) {
        String text = text(key).orElse(fallback);
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(Duration.parse(min)) >= 0 && duration.compareTo(Duration.parse(max)) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw wrong(key, text, "an ISO-8601 duration from " + min + " to " + max);
    }

    private Path path(String key, String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw wrong(key, text, "a path of the file system");
        }
    }

    private Stream<String> list(String key, String fallback) {
        return Arrays.stream(text(key).orElse(fallback).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty());
    }

    private Optional<String> text(String key) {
        return source.apply(key).map(String::trim).filter(text -> !text.isEmpty());
    }

    private static InvalidConfigurationException wrong(String key, String value, String allowed) {
        return new InvalidConfigurationException("The configuration key " + key + " has the value \""
                + UserInfo.masked(value) + "\". Allowed: " + allowed + (allowed.endsWith(".") ? "" : "."));
    }
}
