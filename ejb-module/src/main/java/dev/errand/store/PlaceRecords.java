package dev.errand.store;

import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The places and the permits of limits. A place has a lease by the database's clock, so that clocks of nodes may differ. Always
 * in the caller's transaction, which should be short: others wait for its permits. Thread-safe.
 */
@ApplicationScoped
public class PlaceRecords {
    private static final long MILLI = 1_000_000;

    /** By how much longer than its own a node takes another node's lease for one of a clock that was set back. */
    private static final long SET_BACK_MILLIS = 600_000;

    private static final String OF_KEY = " WHERE limit_name = ? AND limit_key = ?";

    private static final String TAKE = "UPDATE errand_place SET holder = ?, task_id = ?, node = ?, lease_until = ?"
            + OF_KEY + " AND slot = ? AND (holder IS NULL OR lease_until <= ?)";

    private static final String ADD =
            "INSERT INTO errand_place (holder, task_id, node, lease_until, limit_name, limit_key, slot)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    @Inject
    Jdbc jdbc;

    private record Place(int slot, boolean taken, long leaseUntil) {}

    /** Returns the time of the clock that counts for leases and permits, in milliseconds. */
    public long clock() {
        return jdbc.clock();
    }

    private List<Place> places(LimitKey limit, long now) {
        return jdbc.read(
                "SELECT slot, holder, lease_until FROM errand_place" + OF_KEY + " ORDER BY slot",
                row -> new Place(row.getInt(1), row.getString(2) != null && row.getLong(3) > now, row.getLong(3)),
                limit.name(),
                limit.key());
    }

    /** The use of the places of a limit. */
    public record Use(int taken, OptionalLong firstLeaseEnd) {}

    /** Returns the number of taken places, and the time at which the first of their leases ends. */
    public Use use(LimitKey limit, long now) {
        List<Place> taken = places(limit, now).stream().filter(Place::taken).toList();
        return new Use(taken.size(), taken.stream().mapToLong(Place::leaseUntil).min());
    }

    /**
     * Takes a place. The key of the table decides between two that want the same one, so there are never more places than the
     * concurrency. After the concurrency was lowered, runs may hold places above it: they count until they end.
     *
     * @return false if no place is free
     */
    public boolean take(
            LimitKey limit, int concurrency, String holder, String taskId, String node, long now, long leaseUntil) {
        List<Place> places = places(limit, now);
        if (places.stream().anyMatch(place -> place.leaseUntil > leaseUntil + SET_BACK_MILLIS)) {
            shorten(limit, leaseUntil);
        }
        Set<Integer> refused = new HashSet<>();
        for (OptionalInt slot = free(places, concurrency, refused);
                slot.isPresent();
                slot = free(places, concurrency, refused)) {
            int number = slot.getAsInt();
            boolean exists = places.stream().anyMatch(place -> place.slot == number);
            boolean taken = exists
                    ? jdbc.update(TAKE, holder, taskId, node, leaseUntil, limit.name(), limit.key(), number, now) == 1
                    : jdbc.insertNew(ADD, holder, taskId, node, leaseUntil, limit.name(), limit.key(), number);
            if (taken) {
                return true;
            }
            refused.add(number);
        }
        return false;
    }

    /** Ends leases in time if the clock was set back: the one of a dead holder would last until the earlier time comes again. */
    private void shorten(LimitKey limit, long longest) {
        jdbc.update(
                "UPDATE errand_place SET lease_until = ?" + OF_KEY + " AND lease_until > ?",
                longest,
                limit.name(),
                limit.key(),
                longest + SET_BACK_MILLIS);
    }

    /** Returns a free place: below the concurrency, less the number of places that are taken above it. */
    private static OptionalInt free(List<Place> places, int concurrency, Set<Integer> refused) {
        int limit = concurrency;
        while (limit > 0 && limit + takenFrom(limit, places) > concurrency) {
            limit--;
        }
        Set<Integer> busy = new HashSet<>(refused);
        places.stream().filter(Place::taken).forEach(place -> busy.add(place.slot));
        List<Integer> free = new ArrayList<>();
        // the rows that exist first: there are no more of them than were taken at once
        for (int slot = 0; slot < limit; slot++) {
            if (!busy.contains(slot)) {
                free.add(slot);
            }
        }
        return free.stream().mapToInt(Integer::intValue).findFirst();
    }

    private static long takenFrom(int slot, List<Place> places) {
        return places.stream()
                .filter(place -> place.taken && place.slot >= slot)
                .count();
    }

    /** Frees the places of a holder, if it still has them. */
    public void free(Collection<LimitKey> limits, String holder) {
        for (LimitKey limit : limits) {
            jdbc.update(
                    "UPDATE errand_place SET holder = NULL, task_id = NULL, node = NULL, lease_until = ?" + OF_KEY
                            + " AND holder = ?",
                    jdbc.clock(),
                    limit.name(),
                    limit.key(),
                    holder);
        }
    }

    /** Prolongs the leases of holders on a node. A place that another one has taken after the end of its lease stays with that. */
    public void renew(String node, Collection<String> holders, long lease) {
        List<Object> values = new ArrayList<>(Arrays.asList(jdbc.clock() + lease, node));
        values.addAll(holders);
        jdbc.update(
                "UPDATE errand_place SET lease_until = ? WHERE node = ? AND holder IN ("
                        + String.join(", ", Collections.nCopies(holders.size(), "?")) + ")",
                values.toArray());
    }

    /** Frees all places of a node that restarts: its runs have ended with it. */
    public void freeAll(String node) {
        jdbc.update(
                "UPDATE errand_place SET holder = NULL, task_id = NULL, node = NULL, lease_until = ? WHERE node = ?",
                jdbc.clock(),
                node);
    }

    /**
     * The answer to a wish for permits.
     *
     * @param granted the number of permits
     * @param next the time at which one more comes, in milliseconds of the database's clock
     */
    public record Permits(int granted, long next) {}

    /**
     * Takes permits for starts now. The row's lock orders those that take some; a permit that is not used is lost.
     *
     * @param wanted 0 to learn the next time alone
     */
    public Permits permits(LimitKey limit, long intervalNanos, int burst, int wanted) {
        String select = "SELECT used_until FROM errand_permit" + OF_KEY;
        if (wanted == 0) {
            long used = jdbc.read(select, row -> row.getLong(1), limit.name(), limit.key()).stream()
                    .findFirst()
                    .orElse(0L);
            return new Permits(
                    0, next(Math.min(used, jdbc.clock() * MILLI + burst * intervalNanos), intervalNanos, burst));
        }
        List<Long> locked = jdbc.read(select + " FOR UPDATE", row -> row.getLong(1), limit.name(), limit.key());
        if (locked.isEmpty()) {
            jdbc.insertNew(
                    "INSERT INTO errand_permit (limit_name, limit_key, used_until) VALUES (?, ?, ?)",
                    limit.name(),
                    limit.key(),
                    0L);
            locked = jdbc.read(select + " FOR UPDATE", row -> row.getLong(1), limit.name(), limit.key());
        }
        // read after the lock, for which this transaction may have waited
        long now = jdbc.clock() * MILLI;
        // further ahead, only if the rate was lower before, or the clock was set back
        long furthest = now + burst * intervalNanos;
        long used = Math.min(Math.max(locked.get(0), now), furthest);
        long most = (furthest - used) / intervalNanos;
        int granted = (int) Math.max(0, Math.min(wanted, most));
        if (granted > 0 || locked.get(0) > furthest) {
            used += granted * intervalNanos;
            jdbc.update("UPDATE errand_permit SET used_until = ?" + OF_KEY, used, limit.name(), limit.key());
        }
        return new Permits(granted, next(used, intervalNanos, burst));
    }

    /** Returns the first millisecond at which a permit is there. */
    private static long next(long used, long intervalNanos, int burst) {
        return (used + intervalNanos - burst * intervalNanos + MILLI - 1) / MILLI;
    }

    /**
     * Deletes rows of keys that were not used since before the given time of the database's clock: there may be many keys.
     *
     * @return the number of rows, at most about the limit
     */
    public int prune(long before, int limit) {
        int pruned = 0;
        List<Object[]> places = jdbc.read(
                "SELECT limit_name, limit_key, slot FROM errand_place WHERE lease_until < ? LIMIT " + limit,
                row -> new Object[] {row.getString(1), row.getString(2), row.getInt(3), before},
                before);
        for (Object[] place : places) {
            pruned += jdbc.update("DELETE FROM errand_place" + OF_KEY + " AND slot = ? AND lease_until < ?", place);
        }
        List<Object[]> permits = jdbc.read(
                "SELECT limit_name, limit_key FROM errand_permit WHERE used_until < ? LIMIT " + limit,
                row -> new Object[] {row.getString(1), row.getString(2), before * MILLI},
                before * MILLI);
        for (Object[] permit : permits) {
            pruned += jdbc.update("DELETE FROM errand_permit" + OF_KEY + " AND used_until < ?", permit);
        }
        return pruned;
    }
}
