package dev.errand.start;

import java.util.OptionalInt;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The sizes of the server's pools, from WildFly's MBeans, which are there as soon as the server has started. Other servers do
 * not reveal them to an application.
 */
final class ServerLimits {
    private static final String BEANS = "jboss.as:subsystem=ejb3,strict-max-bean-instance-pool=mdb-strict-max-pool";
    private static final String DEFAULTS = "jboss.as:subsystem=ee,service=default-bindings";
    private static final Set<String> DATASOURCES =
            Set.of("jboss.as:subsystem=datasources,data-source=*", "jboss.as:subsystem=datasources,xa-data-source=*");
    private static final String DEFAULT_DATASOURCE = "java:comp/DefaultDataSource";

    /** The size of a pool whose size is not set. */
    private static final int DEFAULT_CONNECTIONS = 20;

    private final MBeanServer server;

    ServerLimits(MBeanServer server) {
        this.server = server;
    }

    /** Returns the largest number of instances of message-driven beans; empty if it is not known. */
    OptionalInt beans() {
        try {
            ObjectName pool = new ObjectName(BEANS);
            if (!server.isRegistered(pool)) {
                return OptionalInt.empty();
            }
            Object derived = server.getAttribute(pool, "derivedSize");
            return derived instanceof Integer size ? OptionalInt.of(size) : OptionalInt.empty();
        } catch (JMException | RuntimeException e) {
            // a server that shows no such attribute: nothing is known
            return OptionalInt.empty();
        }
    }

    /** Returns the largest number of connections of the datasource with this JNDI name; empty if it is not known. */
    OptionalInt connections(String datasource) {
        try {
            ObjectName defaults = new ObjectName(DEFAULTS);
            if (!server.isRegistered(defaults)) {
                return OptionalInt.empty();
            }
            Object name =
                    datasource.equals(DEFAULT_DATASOURCE) ? server.getAttribute(defaults, "datasource") : datasource;
            for (String pattern : DATASOURCES) {
                for (ObjectName pool : server.queryNames(new ObjectName(pattern), null)) {
                    if (server.getAttribute(pool, "jndiName").equals(name)) {
                        Object most = server.getAttribute(pool, "maxPoolSize");
                        return OptionalInt.of(most instanceof Integer size ? size : DEFAULT_CONNECTIONS);
                    }
                }
            }
        } catch (JMException | RuntimeException e) {
            // a server that shows no such attribute: nothing is known
        }
        return OptionalInt.empty();
    }
}
