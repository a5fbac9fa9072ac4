/**
 * Web addresses, parsed as browsers parse them: the one place for the arguments of tasks, redirects, the sample's form and the
 * configuration. Pure; asks no DNS.
 */
package dev.errand.url;
