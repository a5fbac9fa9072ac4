package dev.errand.start;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class HttpPortTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    /** A binding as WildFly shows it. */
    public interface BindingMBean {
        Integer getboundPort();
    }

    public record Binding(Integer getboundPort) implements BindingMBean {}

    private void bind(Integer port) throws JMException {
        server.registerMBean(
                new Binding(port),
                new ObjectName("jboss.as:socket-binding-group=standard-sockets,socket-binding=http"));
    }

    @Test
    void isTheOneThatWildFlyIsBoundTo() throws JMException {
        bind(8180);
        assertThat(HttpPort.of(server)).hasValue(8180);
    }

    @Test
    void isUnknownBeforeTheListenerIsBoundAndOnOtherServers() throws JMException {
        assertThat(HttpPort.of(server)).isEmpty();
        bind(null);
        assertThat(HttpPort.of(server)).isEmpty();
    }
}
