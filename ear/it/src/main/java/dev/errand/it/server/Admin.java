package dev.errand.it.server;

import java.util.List;
import javax.management.remote.JMXConnector;

/**
 * The work of an administrator in the console or the command line of a server, through the interface that these use
 * themselves.
 */
public interface Admin extends AutoCloseable {
    /** A user with all rights, once {@link ServerProcess#withAdministrators} was called. */
    String USER = "boss";

    String PASSWORD = "boss-password";

    /** The task dispatcher gets no more messages. */
    void stopDelivery();

    void startDelivery();

    /** How many tasks run at the same time on this node, from the next deployment. */
    void tasksAtOnce(int most);

    /** How many messages wait on the JMS queue. */
    long queueDepth();

    /** How many messages were ever put there. */
    long queuedEver();

    /** The beans that have a timer, as far as the console shows it. */
    List<String> timers();

    /** Database connections in use, of the datasource that tasks are in. */
    int connectionsInUse();

    void logLevel(String logger, String level);

    /** A value of Errand's configuration, where the server keeps such; it holds from the next deployment. */
    void configure(String key, String value);

    void redeploy();

    void undeploy();

    void deploy();

    /** The connector that JConsole uses. */
    JMXConnector jmx(String user, String password);

    @Override
    void close();
}
