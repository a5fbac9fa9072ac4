/**
 * Errand beside its peers, side by side on one machine in one run: {@code mvn package -Pbench -DskipTests exec:exec@bench}. {@link dev.errand.bench.Bench}
 * starts PostgreSQL and each system in turn; {@link dev.errand.bench.Workloads} run inside each of them, the same code in
 * all, and count in the handlers.
 */
package dev.errand.bench;
