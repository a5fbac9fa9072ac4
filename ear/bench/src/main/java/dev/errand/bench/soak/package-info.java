/** The soak: an hour of mixed work and faults (docs/explain/soak.md). */
package dev.errand.bench.soak;
