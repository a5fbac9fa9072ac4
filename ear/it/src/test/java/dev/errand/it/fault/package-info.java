/** Kills, crashes, outages and full memory: no task is lost, and none is done twice. */
package dev.errand.it.fault;
