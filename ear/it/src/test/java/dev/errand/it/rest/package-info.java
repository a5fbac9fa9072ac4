/** REST as its clients use it and as attackers do. */
package dev.errand.it.rest;
