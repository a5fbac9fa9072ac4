package dev.errand.manage;

import dev.errand.api.InvalidValueException;
import dev.errand.api.LimitInfo;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskLimits;
import dev.errand.config.EngineClock;
import dev.errand.handler.LimitReader;
import dev.errand.handler.LimitRules;
import dev.errand.handler.Rate;
import dev.errand.limit.LineWatch;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.store.LimitRecords;
import dev.errand.store.LimitRow;
import dev.errand.store.Millis;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The values and the use of limits, and the changes of administrators, for callers whose rights have been checked. */
@Stateless
@PermitAll
@Interceptors(DatabaseDownInterceptor.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LimitControl {
    @Inject
    private LimitRecords records;

    @Inject
    private LimitRules rules;

    @Inject
    private LineWatch lines;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    @EngineClock
    private Clock clock;

    /** Returns the limits, by name. */
    public List<LimitInfo> list() {
        Map<String, Long> running = records.running();
        Map<String, Long> waiting = records.waiting();
        return records.all().stream()
                .map(row -> info(row, running.getOrDefault(row.name(), 0L), waiting.getOrDefault(row.name(), 0L)))
                .toList();
    }

    private LimitInfo info(LimitRow row, long running, long waiting) {
        String rate = row.rateInForce();
        return new LimitInfo(
                row.name(),
                rate,
                rate == null ? null : Rate.of(rate).burst(row.burst()),
                orNull(row.concurrencyInForce()),
                row.pointer().isEmpty() ? null : row.pointer(),
                rules.tasks(row.name()),
                running,
                waiting,
                new LimitInfo.Code(row.rate(), orNull(row.concurrency())),
                row.setBy(),
                Millis.instant(row.setAt()));
    }

    private static Integer orNull(int concurrency) {
        return concurrency == 0 ? null : concurrency;
    }

    /**
     * Replaces the values of a limit.
     *
     * @param by the name of the user, or null, for the audit
     */
    public LimitInfo put(String name, String rate, Integer concurrency, String by) {
        if (rate == null && concurrency == null) {
            throw new InvalidValueException(
                    null,
                    "Neither rate nor concurrency is given for the limit \"" + name
                            + "\". Give one of them, or remove the change to put the values of the code into force.");
        }
        checkRate(rate);
        if (concurrency != null && (concurrency < 0 || concurrency > LimitReader.MOST_CONCURRENCY)) {
            throw new InvalidValueException(
                    "concurrency",
                    "concurrency is " + concurrency + ", but must be 1 to " + LimitReader.MOST_CONCURRENCY
                            + ". Pause the queue to let no task start.");
        }
        return set(name, rate == null || rate.isEmpty() ? rate : Rate.of(rate).text(), concurrency, by);
    }

    private static void checkRate(String rate) {
        if (rate == null || rate.equals(TaskLimits.NO_RATE)) {
            return;
        }
        try {
            Rate.of(rate);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("rate", "rate is \"" + rate + "\", but must be " + Rate.ALLOWED + ".", e);
        }
    }

    /** Puts the values of the code into force again. */
    public LimitInfo remove(String name, String by) {
        return set(name, null, null, by);
    }

    private LimitInfo set(String name, String rate, Integer concurrency, String by) {
        if (!records.set(name, rate, concurrency, by, clock.millis())) {
            String names = records.all().stream().map(LimitRow::name).collect(Collectors.joining(", "));
            throw new NotFoundException("There is no limit \"" + name + "\". "
                    + (names.isEmpty() ? "No handler has a @Limit." : "There are: " + names + "."));
        }
        afterCommit.then(() -> {
            LogMessage.LIMIT_BY.log(
                    name,
                    rate == null && concurrency == null ? "set back to the code" : "changed",
                    LogMessage.nameOf(by));
            lines.all();
        });
        return list().stream()
                .filter(limit -> limit.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
