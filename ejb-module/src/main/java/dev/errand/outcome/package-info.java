/**
 * What becomes of a run: exception → outcome (pure), outcome → record (a transaction of its own, since the run's was rolled
 * back). The dispatcher calls it.
 */
package dev.errand.outcome;
