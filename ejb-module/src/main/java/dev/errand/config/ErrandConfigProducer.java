package dev.errand.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the settings and the clock injectable. */
@ApplicationScoped
public class ErrandConfigProducer {
    private ErrandConfig config;

    /** Read once: a value that changes while the server runs would hold for one half of the code only. */
    @Produces
    public synchronized ErrandConfig config() {
        if (config == null) {
            config = load();
        }
        return config;
    }

    @Produces
    @EngineClock
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** @throws dev.errand.api.InvalidConfigurationException naming the key, the value and what is allowed */
    public static ErrandConfig load() {
        return new ConfigReader(source()).read();
    }

    private static Function<String, Optional<String>> source() {
        try {
            Config config = ConfigProvider.getConfig();
            return key -> config.getOptionalValue(key, String.class);
        } catch (IllegalStateException e) {
            // there is none; GlassFish has it for web applications alone. What it would look into first is always
            // there.
            return key -> Optional.ofNullable(System.getProperty(key))
                    .or(() -> Optional.ofNullable(
                            System.getenv(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))));
        }
    }
}
