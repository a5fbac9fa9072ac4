package dev.errand.start;

import java.util.OptionalInt;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The port of the server's HTTP listener, from WildFly's MBeans. It depends on the offset of the server's ports. */
final class HttpPort {
    private static final String BINDING = "jboss.as:socket-binding-group=*,socket-binding=http";

    private HttpPort() {}

    /** Returns the port; empty on a server that does not report it. */
    static OptionalInt of(MBeanServer server) {
        try {
            for (ObjectName binding : server.queryNames(new ObjectName(BINDING), null)) {
                if (server.getAttribute(binding, "boundPort") instanceof Integer port) {
                    return OptionalInt.of(port);
                }
            }
        } catch (JMException | RuntimeException e) {
            // a server that shows no such attribute; the default address is a guess anyway
        }
        return OptionalInt.empty();
    }
}
