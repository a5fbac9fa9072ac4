package dev.errand.store;

/**
 * A limit's row. Immutable.
 *
 * @param rate the rate in the code; null if there is none
 * @param burst the burst in the code; 0 for the default
 * @param concurrency the concurrency in the code; 0 if there is none
 * @param pointer the JSON pointer in the code; empty for none
 * @param rateSet the rate that an administrator has set; empty for none; null for the one in the code
 * @param concurrencySet the concurrency that an administrator has set; 0 for none; null for the one in the code
 * @param setAt the time of the change in milliseconds; null if the values of the code are in force
 */
public record LimitRow(
        String name,
        String rate,
        int burst,
        int concurrency,
        String pointer,
        String rateSet,
        Integer concurrencySet,
        String setBy,
        Long setAt) {

    /** Returns the rate in force; null if there is none. */
    public String rateInForce() {
        String inForce = rateSet == null ? rate : rateSet;
        return inForce == null || inForce.isEmpty() ? null : inForce;
    }

    /** Returns the concurrency in force; 0 if there is none. */
    public int concurrencyInForce() {
        return concurrencySet == null ? concurrency : concurrencySet;
    }
}
