package dev.errand.handler;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The limits that the handlers of this application declare. Immutable; thread-safe. */
@ApplicationScoped
public class LimitRules {
    private Map<String, List<LimitRule>> byTask = Map.of();

    protected LimitRules() {}

    @Inject
    LimitRules(HandlerExtension extension) {
        this(extension.limits());
    }

    /** @param byTask the limits of each task that has some */
    public LimitRules(Map<String, List<LimitRule>> byTask) {
        this.byTask = byTask;
    }

    /** Returns the limits of a task, by name. */
    public List<LimitRule> of(String task) {
        return byTask.getOrDefault(task, List.of());
    }

    /** Returns the limits, each once. */
    public Collection<LimitRule> all() {
        Map<String, LimitRule> all = new TreeMap<>();
        byTask.values().forEach(rules -> rules.forEach(rule -> all.putIfAbsent(rule.name(), rule)));
        return all.values();
    }

    /** Returns the names of the tasks that have a limit. */
    public List<String> tasks(String limit) {
        return byTask.entrySet().stream()
                .filter(entry ->
                        entry.getValue().stream().anyMatch(rule -> rule.name().equals(limit)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    public boolean isEmpty() {
        return byTask.isEmpty();
    }
}
