package dev.errand.tasks;

import dev.errand.config.SettingReader;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.AddressRules;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Produces;

/**
 * Reads the settings of the built-in tasks once, so that a wrong one stops the deployment, not the first task that
 * needs it.
 */
@Singleton
@Startup
public class TasksStartup {
    private TasksConfig config;

    @PostConstruct
    void start() {
        config = TasksConfig.read(SettingReader.ofServer());
        AddressRules.of(config.httpAllow());
    }

    @Produces
    public TasksConfig config() {
        return config;
    }
}
