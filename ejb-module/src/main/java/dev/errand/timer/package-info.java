/**
 * The work that is due because time has passed: due records go on the queue, leases are renewed or taken over, old
 * records are deleted. One EJB timer per node wakes the sweep at the earliest due record; no task has a timer of its
 * own.
 */
package dev.errand.timer;
