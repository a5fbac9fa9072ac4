package dev.errand.start;

import dev.errand.api.HandlerInfo;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.queue.Transports;
import dev.errand.url.StartPage;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The log lines for a newcomer: the address of Errand, the log-in, the tasks, and pools of the server that are too small. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Banner {
    /** The delay of the lines: the server writes lines of its own after this start, and these are to be the last. */
    private static final long SOON_MILLIS = 2_000;

    /** The number of such delays until an application without a start page says so. The web module starts after the engine. */
    private static final int LONGEST = 15;

    private static final int DEFAULT_PORT = 8080;

    /** The number of sessions of the message-driven bean if the system property for them is not set. */
    private static final int SESSIONS = 16;

    /** The number of connections that Errand itself and the senders need at least. */
    private static final int OTHER_CONNECTIONS = 4;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private Transports transports;

    @Inject
    private ErrandConfig config;

    @Inject
    private StartPage page;

    public void showSoon() {
        scheduler.schedule(this::show, SOON_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void show() {
        tellLimits(new ServerLimits(ManagementFactory.getPlatformMBeanServer()));
        LogMessage.LOADED.log(handlers.all().size());
        handlers.all().stream().map(Handler::info).map(Banner::line).forEach(LogMessage.LOADED_TASK::log);
        showAddress(1);
    }

    private void showAddress(int tries) {
        if (config.url() == null && page.path().isEmpty() && tries < LONGEST) {
            scheduler.schedule(() -> showAddress(tries + 1), SOON_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        LogMessage.READY.log(config.url() == null ? localAddress() : config.url());
        showLogin(config.firstLogin());
    }

    /** Names the pools of the server that are too small for the tasks that may run at once, as far as they are known. */
    private void tellLimits(ServerLimits server) {
        int tasks = config.concurrency();
        if (transports.jms() && server.beans().isPresent()) {
            int beans = server.beans().getAsInt();
            int sessions = Integer.getInteger("errand.concurrency", SESSIONS);
            if (beans < tasks) {
                LogMessage.FEW_SESSIONS.log(beans, tasks, "the pool mdb-strict-max-pool");
            } else if (sessions < tasks) {
                LogMessage.FEW_SESSIONS.log(sessions, tasks, "the system property errand.concurrency");
            }
        }
        int connections = server.connections(config.datasource()).orElse(Integer.MAX_VALUE);
        if (connections < tasks + OTHER_CONNECTIONS) {
            LogMessage.FEW_CONNECTIONS.log(config.datasource(), connections, tasks, tasks + OTHER_CONNECTIONS);
        }
    }

    private String localAddress() {
        int port = HttpPort.of(ManagementFactory.getPlatformMBeanServer()).orElse(DEFAULT_PORT);
        return page.path()
                .map(path -> "http://localhost:" + port + path)
                .orElse("this application has no start page; errand-web adds one");
    }

    static String line(HandlerInfo handler) {
        HandlerInfo.Policy policy = handler.retryPolicy();
        String retries = policy.maxRetries() == -1 ? "no limit" : policy.maxRetries() + " times";
        return "%s  (module %s, queue %s, argument %s, %s)"
                .formatted(
                        handler.task(),
                        handler.module(),
                        handler.queue(),
                        handler.argumentType(),
                        policy.on().isEmpty()
                                ? "retried only if the handler asks for it, " + retries
                                : "retried %s after %s".formatted(retries, waits(policy)));
    }

    private static String waits(HandlerInfo.Policy policy) {
        return policy.countdowns().isEmpty()
                ? policy.countdown().toString()
                : policy.countdowns().stream().map(Duration::toString).collect(Collectors.joining(", "));
    }

    /** Shows the line about the log-in once, because it is for a newcomer, and deletes it. */
    private static void showLogin(Path file) {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            LogMessage.LOGIN.log(Files.readString(file).trim());
            Files.delete(file);
        } catch (IOException e) {
            LogMessage.LOGIN.log("see " + file);
        }
    }
}
