/** The actions of people and programs outside, which look at tasks and control them. Each call is a transaction of its own. */
package dev.errand.manage;
