/** What people and programs outside use to look at tasks and steer them. Each call is a transaction of its own. */
package dev.errand.manage;
