/** Counts and measures what this node does, by Micrometer. Knows no other package of the engine. */
package dev.errand.metrics;
