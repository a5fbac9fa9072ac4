/**
 * The JMS queue as a transport: the sender, the message-driven bean and the content of the messages. It is a module of its own
 * because servers without a broker refuse a deployment with a message-driven bean. No transaction.
 */
package dev.errand.jms;
