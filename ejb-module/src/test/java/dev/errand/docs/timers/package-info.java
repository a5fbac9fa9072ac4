/** The examples of the guide for users of EJB timers and JMS. */
package dev.errand.docs.timers;
