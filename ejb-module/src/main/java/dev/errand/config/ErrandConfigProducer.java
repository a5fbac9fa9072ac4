package dev.errand.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

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
        return new ConfigReader(SettingReader.ofServer()).read();
    }
}
