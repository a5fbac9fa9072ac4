package dev.errand.tasks.http;

import dev.errand.tasks.config.TasksConfig;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Keeps the one {@link OutgoingHttp} of the application, and makes it injectable. */
@ApplicationScoped
public class SharedHttp {
    @Inject
    private TasksConfig config;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private OutgoingHttp http;

    @PostConstruct
    void open() {
        http = new OutgoingHttp(config, scheduler, SystemDefaultDnsResolver.INSTANCE);
    }

    @Produces
    public OutgoingHttp http() {
        return http;
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
