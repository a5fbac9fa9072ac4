package dev.errand.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void isThatOfPayarasListenerForApplications(@TempDir Path folder) throws IOException {
        assertThat(HttpPort.ofDomain(domain(folder, "28080"), "one")).hasValue(28080);
    }

    @Test
    void isThePropertyOfThePayaraServerThatAListenerRefersTo(@TempDir Path folder) throws IOException {
        assertThat(HttpPort.ofDomain(domain(folder, "${HTTP_LISTENER_PORT}"), "one"))
                .hasValue(38080);
    }

    @Test
    void isUnknownWithoutAListenerOrAFile(@TempDir Path folder) throws IOException {
        assertThat(HttpPort.ofDomain(domain(folder, "28080"), "other")).isEmpty();
        assertThat(HttpPort.ofDomain(folder.resolve("missing.xml"), "one")).isEmpty();
    }

    private static Path domain(Path folder, String port) throws IOException {
        return Files.writeString(folder.resolve("domain.xml"), """
                <domain>
                  <servers><server name="one" config-ref="one-config">
                    <system-property name="HTTP_LISTENER_PORT" value="38080"/>
                  </server></servers>
                  <configs>
                    <config name="default-config"><network-config>
                      <protocols><protocol name="web"><http/></protocol></protocols>
                      <network-listeners><network-listener name="web" protocol="web" port="1"/></network-listeners>
                    </network-config></config>
                    <config name="one-config">
                      <system-property name="HTTP_LISTENER_PORT" value="48080"/>
                      <network-config>
                        <protocols>
                          <protocol name="admin-listener"><http/></protocol>
                          <protocol name="tls" security-enabled="true"><http/></protocol>
                          <protocol name="web"><http/></protocol>
                        </protocols>
                        <network-listeners>
                          <network-listener name="admin-listener" protocol="admin-listener" port="2"/>
                          <network-listener name="tls" protocol="tls" port="3"/>
                          <network-listener name="off" protocol="web" port="4" enabled="false"/>
                          <network-listener name="web" protocol="web" port="%s"/>
                        </network-listeners>
                      </network-config>
                    </config>
                  </configs>
                </domain>
                """.formatted(port));
    }
}
