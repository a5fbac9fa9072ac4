package dev.errand.config;

import dev.errand.api.Durations;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.url.UserInfo;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Reader of single settings. It refuses a wrong value with its key, the value and the values that are allowed. Pure, given
 * its source.
 */
public final class SettingReader {
    private final Function<String, Optional<String>> source;

    /** @param source returns the text of a key, if there is one */
    public SettingReader(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /**
     * Makes a reader of MicroProfile Config; where an EJB module has none, of system properties and environment variables.
     */
    public static SettingReader ofServer() {
        try {
            Config config = ConfigProvider.getConfig();
            return new SettingReader(key -> config.getOptionalValue(key, String.class));
        } catch (IllegalStateException e) {
            // GlassFish has MicroProfile Config for web applications only, which reads these two sources first
            return new SettingReader(key -> Optional.ofNullable(System.getProperty(key))
                    .or(() -> Optional.ofNullable(
                            System.getenv(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)))));
        }
    }

    /** Reads a text without the blanks around it. The result is empty if the text is missing or blank. */
    public Optional<String> text(String key) {
        return source.apply(key).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** @throws InvalidDeploymentException if it is not a whole number in this range */
    public long number(String key, long fallback, long min, long max) {
        String text = text(key).orElse(Long.toString(fallback));
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw wrong(key, text, "a whole number from " + min + " to " + max);
    }

    /** @throws InvalidDeploymentException if it is not an ISO-8601 duration in this range */
    public Duration duration(String key, String fallback, String min, String max) {
        String text = text(key).orElse(fallback);
        try {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(Durations.parse(min)) >= 0 && duration.compareTo(Durations.parse(max)) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // refused below
        }
        throw wrong(key, text, "an ISO-8601 duration from " + min + " to " + max);
    }

    /** Reads an absolute path. The result is null if there is neither a setting nor a fallback. */
    public Path path(String key, String fallback) {
        String text = text(key).orElse(fallback);
        try {
            return text == null ? null : Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw wrong(key, text, "a path of the file system");
        }
    }

    /** Reads items separated by commas. */
    public Stream<String> list(String key, String fallback) {
        return Arrays.stream(text(key).orElse(fallback).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty());
    }

    static InvalidDeploymentException wrong(String key, String value, String allowed) {
        return new InvalidDeploymentException("The configuration key " + key + " has the value \""
                + UserInfo.masked(value) + "\". Allowed: " + allowed + (allowed.endsWith(".") ? "" : "."));
    }
}
