package dev.errand.api;

import java.time.Duration;

/**
 * The wait for a pause between sends with the same unique key: the task runs once no send has come for {@code quiet}, but at most
 * {@code max} after the first send. Immutable.
 *
 * @param quiet longer than 0, at most 100 years
 * @param max at least {@code quiet}, at most 100 years
 */
public record Debounce(Duration quiet, Duration max) {

    /** Checks both values. */
    public Debounce {
        Checks.duration("debounce.quiet", quiet);
        Checks.duration("debounce.max", max);
        if (quiet.isZero()) {
            throw new InvalidValueException(
                    "debounce.quiet", "debounce.quiet is 0. Use a longer time, or leave the debounce out.");
        }
        if (max.compareTo(quiet) < 0) {
            throw new InvalidValueException(
                    "debounce.max",
                    "debounce.max " + max + " is shorter than debounce.quiet " + quiet + ". Use at least that.");
        }
    }
}
