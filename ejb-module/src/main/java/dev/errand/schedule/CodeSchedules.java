package dev.errand.schedule;

import dev.errand.api.Schedule;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.HandlerExtension;
import dev.errand.store.ScheduleRow;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The schedules of the application's code, which the table follows. While nodes are updated one after the other, the newer
 * version of the code counts: a node that restarts with the earlier one waits until no live node has the newer one.
 * Thread-safe.
 */
@ApplicationScoped
public class CodeSchedules {
    @Inject
    HandlerExtension extension;

    @Inject
    CodeTransaction transaction;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private Map<String, ScheduleRow.Terms> terms;
    private String hash;
    private volatile boolean waiting;

    @PostConstruct
    void read() {
        terms = extension.schedules().stream()
                .collect(Collectors.toMap(
                        Schedule::name,
                        schedule -> Terms.of(schedule, config.argumentMaxBytes()),
                        (one, other) -> one,
                        TreeMap::new));
        hash = hash(terms);
    }

    /** Brings the table to the state of the code. */
    public void apply() {
        waiting = !transaction.apply(terms, hash, clock.millis());
    }

    /** Does so if an earlier call had to wait for other nodes. */
    void applyLate() {
        if (waiting) {
            apply();
        }
    }

    /** Returns the set of schedules as a short text; '' for none. */
    static String hash(Map<String, ScheduleRow.Terms> terms) {
        if (terms.isEmpty()) {
            return "";
        }
        List<String> lines = terms.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256.", e);
        }
    }
}
