package dev.errand.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** CDI producer of the settings and the clock. */
@ApplicationScoped
public class ErrandConfigProducer {
    private ErrandConfig config;

    /** Reads the settings once. A value that changed while the server runs would reach only a part of the code. */
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

    /** @throws dev.errand.api.InvalidDeploymentException naming the key, the value and the values that are allowed */
    public static ErrandConfig load() {
        return new ConfigReader(SettingReader.ofServer()).read();
    }
}
