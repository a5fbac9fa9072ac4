/** Deployment, and servers that the pages of docs/install set up. */
package dev.errand.it.install;
