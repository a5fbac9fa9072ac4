/** The settings of the built-in tasks, read once and checked. */
package dev.errand.tasks.config;
