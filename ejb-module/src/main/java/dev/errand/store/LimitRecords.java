package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of limits, as the code declares them and as administrators have set them. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class LimitRecords {
    private static final String SELECT =
            "SELECT name, rate, burst, concurrency, key_pointer, rate_set, concurrency_set,"
                    + " set_by, set_at FROM errand_limit";

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    public Optional<LimitRow> find(String name) {
        return Names.possible(name)
                ? jdbc.read(SELECT + " WHERE name = ?", LimitRecords::row, name).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the limits by name. */
    public List<LimitRow> all() {
        return jdbc.read(SELECT + " ORDER BY name", LimitRecords::row);
    }

    private static LimitRow row(ResultSet row) throws SQLException {
        return new LimitRow(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getObject(7, Integer.class),
                row.getString(8),
                row.getObject(9, Long.class));
    }

    /** Writes the values in the code of an application, and forgets limits that its code no longer has and that are not set. */
    public void declare(String application, Collection<LimitRow> limits) {
        List<Object> kept = new ArrayList<>(List.of(application));
        for (LimitRow limit : limits) {
            Object[] values = {
                application, limit.rate(), limit.burst(), limit.concurrency(), limit.pointer(), limit.name()
            };
            if (jdbc.update(
                            "UPDATE errand_limit SET application = ?, rate = ?, burst = ?, concurrency = ?,"
                                    + " key_pointer = ? WHERE name = ?",
                            values)
                    == 0) {
                jdbc.insertNew(
                        "INSERT INTO errand_limit (application, rate, burst, concurrency, key_pointer, name)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        values);
            }
            kept.add(limit.name());
        }
        String others = limits.isEmpty()
                ? ""
                : " AND name NOT IN (" + String.join(", ", Collections.nCopies(limits.size(), "?")) + ")";
        jdbc.update("DELETE FROM errand_limit WHERE application = ? AND set_at IS NULL" + others, kept.toArray());
    }

    /**
     * Sets the values of a limit, or puts those of the code into force again, and records the user in the audit.
     *
     * @param rate empty for none; null for the one in the code
     * @param concurrency 0 for none; null for the one in the code
     * @return false if there is no such limit
     */
    public boolean set(String name, String rate, Integer concurrency, String by, long now) {
        boolean code = rate == null && concurrency == null;
        boolean known = Names.possible(name)
                && jdbc.update(
                                "UPDATE errand_limit SET rate_set = ?, concurrency_set = ?, set_by = ?, set_at = ?"
                                        + " WHERE name = ?",
                                rate,
                                concurrency,
                                code ? null : by,
                                code ? null : now,
                                name)
                        == 1;
        if (known) {
            em.persist(AuditRecord.ofLimit(name, code ? AuditAction.REMOVE : AuditAction.PUT, by, now));
        }
        return known;
    }

    /** Returns the number of places that are taken, by limit. */
    public Map<String, Long> running() {
        return counts(
                "SELECT limit_name, COUNT(*) FROM errand_place WHERE holder IS NOT NULL AND lease_until > ?"
                        + " GROUP BY limit_name",
                jdbc.clock());
    }

    /** Returns the number of tasks that wait, by limit. */
    public Map<String, Long> waiting() {
        return counts("SELECT limit_name, COUNT(*) FROM errand_line WHERE called_at IS NULL GROUP BY limit_name");
    }

    private Map<String, Long> counts(String sql, Object... values) {
        return jdbc.read(sql, row -> Map.entry(row.getString(1), row.getLong(2)), values).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
