package dev.errand.queue;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.ErrandConfig;
import dev.errand.config.ErrandConfig.Dispatch;
import dev.errand.log.LogMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** The choice of this node's transport: {@code errand.dispatch}, or what the server has. Thread-safe. */
@ApplicationScoped
public class Transports {
    private static final String NO_MODULE = "the application has no errand-jms.jar";

    private final Transport threads;
    private final ErrandConfig config;
    private final Optional<Transport> jms;
    private volatile Transport chosen;

    protected Transports() {
        this(null, null, Optional.empty());
    }

    @Inject
    Transports(WorkerThreads threads, ErrandConfig config, TransportExtension extension) {
        this(threads, config, extension.jms());
    }

    Transports(Transport threads, ErrandConfig config, Optional<Transport> jms) {
        this.threads = threads;
        this.config = config;
        this.jms = jms;
    }

    /**
     * Chooses the transport. To be called once, before the first message.
     *
     * @throws InvalidDeploymentException if {@code errand.dispatch} is {@code jms} and something for it is missing, or if
     *     another application of this server uses the same JMS queue
     */
    public void choose() {
        jms.flatMap(Transport::conflict).ifPresent(other -> {
            throw new InvalidDeploymentException(
                    "The application \"" + other + "\" on this server uses the JMS queue of Errand."
                            + " On this server only one application may. Leave errand-jms.jar out of this one: it then runs its tasks"
                            + " on threads (errand.dispatch).");
        });
        if (config.dispatch() == Dispatch.THREADS) {
            chosen = threads;
            return;
        }
        Optional<String> missing =
                jms.isEmpty() ? Optional.of(NO_MODULE) : jms.get().missing();
        if (missing.isEmpty()) {
            chosen = jms.get();
        } else if (config.dispatch() == Dispatch.JMS) {
            throw new InvalidDeploymentException("The configuration key errand.dispatch has the value \"jms\", but "
                    + missing.get() + ". Add what is missing, or set errand.dispatch to threads.");
        } else {
            LogMessage.NO_JMS.log(missing.get());
            chosen = threads;
        }
    }

    /** Returns whether messages go over a JMS queue. */
    public boolean jms() {
        return chosen != null && chosen != threads;
    }

    Transport chosen() {
        return chosen;
    }
}
