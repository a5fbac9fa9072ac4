/** Schedules at work: the transaction that fires them, the calls of users, and the schedules of the application's code. */
package dev.errand.schedule;
