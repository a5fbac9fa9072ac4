package dev.errand.schedule;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.ErrandException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.Schedule;
import dev.errand.api.ScheduleInfo;
import dev.errand.cron.Cron;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The calls of users, which report an outage of the database as one clear exception. An EJB, because the first caller may be a
 * thread of a console: Payara injects nothing into a CDI bean that is made there.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ScheduleOperations {
    private static final int MOST_INSTANTS = 1_000;

    @Inject
    ScheduleTransaction transaction;

    @Inject
    DatabaseMonitor monitor;

    public ScheduleInfo put(Schedule schedule, String by) {
        if (schedule == null) {
            throw new InvalidValueException(null, "The schedule is null. Begin one with Schedule.named.");
        }
        return call(() -> transaction.put(schedule, by));
    }

    public Optional<ScheduleInfo> find(String name) {
        return call(() -> transaction.find(checked(name)));
    }

    public List<ScheduleInfo> list() {
        return call(transaction::list);
    }

    public boolean remove(String name, String by) {
        return call(() -> transaction.remove(checked(name), by));
    }

    public ScheduleInfo pause(String name, String by) {
        return call(() -> transaction.pause(checked(name), by));
    }

    public ScheduleInfo resume(String name, String by) {
        return call(() -> transaction.resume(checked(name), by));
    }

    public String runNow(String name, String by) {
        return call(() -> transaction.runNow(checked(name), by));
    }

    public List<Instant> preview(String cron, ZoneId zone, int count, Instant after) {
        if (cron == null) {
            throw new InvalidValueException("cron", "cron is missing: the expression whose instants to show.");
        }
        if (zone == null) {
            throw new InvalidValueException("zone", "zone is null. Use ZoneOffset.UTC for none.");
        }
        if (count < 1 || count > MOST_INSTANTS) {
            throw new InvalidValueException("n", "n " + count + " is not between 1 and " + MOST_INSTANTS + ".");
        }
        Cron expression = Cron.parse(cron);
        List<Instant> instants = new ArrayList<>();
        Instant next = after;
        for (int i = 0; i < count; i++) {
            next = expression.next(next, zone);
            instants.add(next);
        }
        return instants;
    }

    private static String checked(String name) {
        if (name == null) {
            throw new InvalidValueException("name", "The name of the schedule is null.");
        }
        return name;
    }

    private <T> T call(Supplier<T> call) {
        if (monitor.isDown()) {
            throw away(null);
        }
        try {
            return call.get();
        } catch (ErrandException e) {
            throw e;
        } catch (RuntimeException e) {
            throw monitor.isCauseOf(e) ? away(e) : e;
        }
    }

    private static DatabaseUnavailableException away(Exception cause) {
        return new DatabaseUnavailableException("Errand's database does not answer. Try again when it is back.", cause);
    }
}
