package dev.errand.limit;

import dev.errand.handler.LimitRule;
import dev.errand.handler.Rate;
import dev.errand.store.LimitRow;

/**
 * The values of a limit that are in force. Immutable.
 *
 * @param rate null if there is none
 * @param burst the number of starts that may follow at once
 * @param concurrency 0 if there is none
 */
record InForce(Rate rate, int burst, int concurrency) {
    /** A limit that no code declares any more. */
    static final InForce NONE = new InForce(null, 0, 0);

    static InForce of(LimitRow row) {
        return of(row.rateInForce() == null ? null : Rate.of(row.rateInForce()), row.burst(), row.concurrencyInForce());
    }

    static InForce of(LimitRule rule) {
        return of(rule.rate(), rule.burst(), rule.concurrency());
    }

    private static InForce of(Rate rate, int burst, int concurrency) {
        return new InForce(rate, rate == null ? 0 : rate.burst(burst), concurrency);
    }

    /** Returns whether tasks run one after the other, in the order in which they were sent. */
    boolean serial() {
        return concurrency == 1;
    }

    /** Returns the number of tasks that may start at once. */
    long capacity() {
        return Math.min(concurrency == 0 ? Integer.MAX_VALUE : concurrency, rate == null ? Integer.MAX_VALUE : burst);
    }
}
