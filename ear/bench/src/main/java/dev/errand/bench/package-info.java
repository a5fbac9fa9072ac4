/**
 * Errand beside its peers, side by side on one machine in one run. {@link dev.errand.bench.Bench} starts PostgreSQL and each
 * system in turn; {@link dev.errand.bench.Workloads} run inside each of them, the same code in all, and count in the
 * handlers. {@link dev.errand.bench.Gate} compares with what was. How to run them is in docs/explain/performance.md.
 */
package dev.errand.bench;
