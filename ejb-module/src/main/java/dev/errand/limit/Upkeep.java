package dev.errand.limit;

import dev.errand.config.ErrandConfig;
import dev.errand.handler.LimitRule;
import dev.errand.handler.LimitRules;
import dev.errand.store.LimitRecords;
import dev.errand.store.LimitRow;
import dev.errand.store.PlaceRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Writes the limits of the code into the table, and removes what is not used any more. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Upkeep {
    /** The time for which the rows of a key are kept after their last use. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    @Inject
    LimitRules rules;

    @Inject
    LimitRecords limits;

    @Inject
    PlaceRecords places;

    @Inject
    ErrandConfig config;

    /** Writes the limits of this application. */
    public void declare() {
        limits.declare(
                config.application(), rules.all().stream().map(Upkeep::row).toList());
    }

    private static LimitRow row(LimitRule rule) {
        return new LimitRow(
                rule.name(),
                rule.rate() == null ? null : rule.rate().text(),
                rule.burst(),
                rule.concurrency(),
                rule.by(),
                null,
                null,
                null,
                null);
    }

    /**
     * Removes the rows of some keys that are not used.
     *
     * @return the number of rows
     */
    public int prune(int limit) {
        return places.prune(places.clock() - KEPT.toMillis(), limit);
    }
}
