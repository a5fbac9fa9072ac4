package dev.errand.handler;

import java.util.Objects;

/**
 * A limit as the code of a handler declares it. Immutable.
 *
 * @param by the JSON pointer to the value that has a limit of its own; empty for none
 * @param rate null if there is none
 * @param burst 0 for the default
 * @param concurrency 0 if there is none
 */
public record LimitRule(String name, String by, Rate rate, int burst, int concurrency) {
    /** Returns whether another declaration of the same limit has other values. Its tasks may find the key elsewhere. */
    boolean contradicts(LimitRule other) {
        return name.equals(other.name)
                && !(Objects.equals(rate, other.rate) && burst == other.burst && concurrency == other.concurrency);
    }
}
