/** Clients of a server: REST with typed answers, HTTP by hand, TLS, and an OpenID Connect provider. */
package dev.errand.it.client;
