package dev.errand.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * The result of a look for due tasks.
 *
 * @param turns queues with due tasks, highest priority first
 * @param later the time of the next look, in milliseconds; empty if nothing waits, or if the caller did not ask
 */
public record Due(List<Turn> turns, OptionalLong later) {}
