/**
 * What an administrator can set, read once and checked, and the clock. Everybody may read it; no transaction.
 */
package dev.errand.config;
