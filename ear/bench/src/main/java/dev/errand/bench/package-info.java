/**
 * Errand and its peers, on one machine in one run. {@link dev.errand.bench.Bench} starts PostgreSQL and each
 * system in turn; {@link dev.errand.bench.Workloads} run inside each of them, the same code in all, and count in the
 * handlers. {@link dev.errand.bench.Gate} compares with earlier results. docs/explain/performance.md says how to run them.
 */
package dev.errand.bench;
