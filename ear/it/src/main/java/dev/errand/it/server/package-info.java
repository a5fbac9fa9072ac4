/**
 * Servers that tests start, stop and kill: {@link dev.errand.it.server.ServerProcess} with a class per server, what an
 * {@link dev.errand.it.server.Admin} and a {@link dev.errand.it.server.Broker} do on it, and the server that Arquillian uses.
 */
package dev.errand.it.server;
