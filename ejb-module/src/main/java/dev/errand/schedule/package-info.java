/** Schedules: cron expressions, and the rules by which a schedule fires. Pure code, without a database. */
package dev.errand.schedule;
