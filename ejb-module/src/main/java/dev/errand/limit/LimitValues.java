package dev.errand.limit;

import dev.errand.handler.LimitRule;
import dev.errand.store.LimitRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values of limits that are in force. Reads are in the caller's transaction. Thread-safe. */
@ApplicationScoped
public class LimitValues {
    @Inject
    LimitRecords records;

    private final Map<String, InForce> last = new ConcurrentHashMap<>();

    /** Reads the values, so that a change counts at once. A limit without a row has none. */
    InForce read(String name) {
        return readFrom(records, name);
    }

    InForce readFrom(LimitRecords from, String name) {
        InForce read = from.find(name).map(InForce::of).orElse(InForce.NONE);
        last.put(name, read);
        return read;
    }

    /** Returns the values as this node read them last, or as the code declares them. */
    InForce lastRead(LimitRule rule) {
        InForce known = last.get(rule.name());
        return known == null ? InForce.of(rule) : known;
    }
}
