/** The examples of the guide for users of Quartz. */
package dev.errand.docs.quartz;
