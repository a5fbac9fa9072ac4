/** Several nodes that share a database. */
package dev.errand.it.cluster;
