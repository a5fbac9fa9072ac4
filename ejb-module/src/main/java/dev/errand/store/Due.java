package dev.errand.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * The result of a search for due tasks.
 *
 * @param turns queues with due tasks, highest priority first
 * @param later the time of the next search, in milliseconds; empty if no task waits, or if the caller did not ask
 */
public record Due(List<Turn> turns, OptionalLong later) {}
