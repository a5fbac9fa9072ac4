package dev.errand.handler;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** The fuses of the loaded handlers. Thread-safe. */
@ApplicationScoped
public class FuseRules {
    private volatile Map<String, FuseRule> rules = Map.of();

    @Inject
    void of(HandlerExtension extension) {
        of(extension.fuses());
    }

    /** Replaces the fuses, by the name of the task. */
    public FuseRules of(Map<String, FuseRule> fuses) {
        rules = Map.copyOf(fuses);
        return this;
    }

    public Optional<FuseRule> find(String task) {
        return Optional.ofNullable(rules.get(task));
    }
}
