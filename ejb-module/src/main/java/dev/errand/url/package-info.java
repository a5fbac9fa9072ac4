/**
 * Web addresses, parsed as browsers parse them. Arguments of tasks, redirects, the sample's form and the configuration share
 * this code. Pure; it asks no DNS.
 */
package dev.errand.url;
