package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.Property;

/** WildFly's management port, which HAL and jboss-cli use. */
public final class WildFlyAdmin implements Admin {
    private static final String EAR = "deployment=errand.ear";
    private static final String EJBS = EAR + "/subdeployment=errand-ejb.jar/subsystem=ejb3";
    private static final String DISPATCHER =
            EAR + "/subdeployment=errand-jms.jar/subsystem=ejb3/message-driven-bean=TaskDispatcher";
    private static final String MESSAGING = "subsystem=messaging-activemq/server=default";
    /** A name may have a slash, too. */
    private static final String STEP = "/(?=[a-z-]+=)";

    private static final String DATASOURCE = "subsystem=datasources/data-source=ExampleDS";

    private final int port;
    private final ModelControllerClient client;
    private final URLClassLoader jconsole;

    WildFlyAdmin(WildFlyProcess server) {
        port = server.port() + 9990 - 8080;
        client = ModelControllerClient.Factory.create(InetAddress.getLoopbackAddress(), port);
        try {
            Path jar = Path.of(System.getProperty("errand.it.wildfly"), "bin/client/jboss-cli-client.jar");
            jconsole = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(DATASOURCE + "/statistics=pool", "statistics-enabled", true);
    }

    @Override
    public void stopDelivery() {
        call("stop-delivery", DISPATCHER);
    }

    @Override
    public void startDelivery() {
        call("start-delivery", DISPATCHER);
    }

    @Override
    public void tasksAtOnce(int most) {
        write("subsystem=ejb3/strict-max-bean-instance-pool=mdb-strict-max-pool", "max-pool-size", most);
    }

    @Override
    public long queueDepth() {
        return read(queue(), "message-count").asLong();
    }

    @Override
    public long queuedEver() {
        return read(queue(), "messages-added").asLong();
    }

    @Override
    public List<String> timers() {
        List<String> timers = new ArrayList<>();
        ModelNode beans =
                call("read-children-resources", EJBS, "child-type", "singleton-bean", "include-runtime", true);
        for (Property bean : beans.asPropertyList()) {
            if (!bean.getValue().get("timers").asList().isEmpty()) {
                timers.add(bean.getName());
            }
        }
        return timers;
    }

    @Override
    public int connectionsInUse() {
        return read(DATASOURCE + "/statistics=pool", "InUseCount").asInt();
    }

    @Override
    public void logLevel(String logger, String level) {
        call("add", "subsystem=logging/logger=" + logger, "level", level);
    }

    @Override
    public void configure(String key, String value) {
        call("add", "system-property=" + key, "value", value);
    }

    @Override
    public void redeploy() {
        call("redeploy", EAR);
    }

    @Override
    public void undeploy() {
        call("undeploy", EAR);
    }

    @Override
    public void deploy() {
        call("deploy", EAR);
    }

    /** Suspends the server: no new work and no requests. Work that has begun runs to its end. */
    public void suspend() {
        call("suspend", "", "suspend-timeout", 60);
    }

    public void resume() {
        call("resume", "");
    }

    /** With the jar that the server has for JConsole, and with nothing else. */
    @Override
    public JMXConnector jmx(String user, String password) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(jconsole);
            return JMXConnectorFactory.connect(
                    new JMXServiceURL("service:jmx:remote+http://localhost:" + port),
                    Map.of(
                            JMXConnector.CREDENTIALS,
                            new String[] {user, password},
                            JMXConnectorFactory.PROTOCOL_PROVIDER_CLASS_LOADER,
                            jconsole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The address of the application's queue, whose name is the server's. */
    String queue() {
        return call("read-children-names", MESSAGING, "child-type", "runtime-queue").asList().stream()
                .map(ModelNode::asString)
                .filter(name -> name.contains("ErrandTasks"))
                .map(name -> MESSAGING + "/runtime-queue=" + name)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The broker has no queue of Errand"));
    }

    private ModelNode read(String address, String attribute) {
        return call("read-attribute", address, "name", attribute);
    }

    private void write(String address, String attribute, Object value) {
        call("write-attribute", address, "name", attribute, "value", value);
    }

    /** @param address as in jboss-cli, without the first slash */
    public ModelNode call(String operation, String address, Object... parameters) {
        ModelNode request = new ModelNode();
        request.get("operation").set(operation);
        request.get("address").setEmptyList();
        for (String step : address.isEmpty() ? new String[0] : address.split(STEP)) {
            int equals = step.indexOf('=');
            request.get("address").add(step.substring(0, equals), step.substring(equals + 1));
        }
        for (int i = 0; i < parameters.length; i += 2) {
            request.get((String) parameters[i]).set(String.valueOf(parameters[i + 1]));
        }
        try {
            ModelNode answer = client.execute(request);
            if (!"success".equals(answer.get("outcome").asString())) {
                throw new AssertionError(operation + " on " + address + ": " + answer);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
            jconsole.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
