/** The times of schedules: cron expressions and intervals, and the decision which instants fire. Pure, without the engine. */
package dev.errand.cron;
