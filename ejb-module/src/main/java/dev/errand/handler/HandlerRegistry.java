package dev.errand.handler;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The handlers that are loaded. Thread-safe. */
@ApplicationScoped
public class HandlerRegistry {
    private Map<String, Handler> handlers;

    protected HandlerRegistry() {}

    @Inject
    HandlerRegistry(HandlerExtension extension) {
        this.handlers = extension.handlers();
    }

    public Optional<Handler> find(String task) {
        return Optional.ofNullable(handlers.get(task));
    }

    public Set<String> tasks() {
        return handlers.keySet();
    }

    /** Returns the handlers by name. */
    public Collection<Handler> all() {
        return handlers.values();
    }
}
