package dev.errand.it;

import java.util.List;
import javax.management.remote.JMXConnector;

/**
 * What an administrator does to a server in its console or its command line, through the interface that these use
 * themselves.
 */
interface Admin extends AutoCloseable {
    /** Somebody who may do anything. */
    String USER = "boss";

    String PASSWORD = "boss-password";

    /** The task dispatcher gets no more messages. */
    void stopDelivery();

    void startDelivery();

    /** How many tasks run at the same time on this node. */
    void tasksAtOnce(int most);

    /** How many messages wait on the JMS queue. */
    long queueDepth();

    /** How many messages were ever put there. */
    long queuedEver();

    /** What the console shows of the timers: what each is for. */
    List<String> timers();

    /** Database connections in use, of the datasource that tasks are in. */
    int connectionsInUse();

    void logLevel(String logger, String level);

    void systemProperty(String key, String value);

    void redeploy();

    void undeploy();

    void deploy();

    /** No new work; returns when what runs has ended, or after so many seconds. */
    void suspend(int seconds);

    void resume();

    /** The connector that JConsole uses. */
    JMXConnector jmx(String user, String password);

    @Override
    void close();
}
