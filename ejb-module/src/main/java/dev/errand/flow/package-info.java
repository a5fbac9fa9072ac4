/**
 * Workflows: their start, which sends all their tasks at once, and the thread that looks after a commit, and now and then, which
 * steps can start.
 */
package dev.errand.flow;
