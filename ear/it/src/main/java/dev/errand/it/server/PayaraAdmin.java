package dev.errand.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest.Builder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import tools.jackson.databind.JsonNode;

/** Payara's management port, which its console talks to, and for the broker's own MBeans the connector of JConsole. */
public final class PayaraAdmin implements Admin {
    private static final String DOMAIN = "management/domain/";
    private static final String CONFIG = DOMAIN + "configs/config/server-config/";
    private static final String JMS_POOL = "jms/__defaultConnectionFactory-Connection-Pool";
    private static final String APPLICATIONS = DOMAIN + "applications/application";
    private static final Pattern TIMER = Pattern.compile("\\.(\\w+)\\.timers\\.numtimerscreated-count = [1-9]");

    private final ServerProcess server;
    private final Rest rest;
    private final JMXConnector jmx;

    PayaraAdmin(ServerProcess server) {
        this.server = server;
        rest = Rest.on(server.port()).as(USER, PASSWORD);
        jmx = jmx(USER, PASSWORD);
    }

    @Override
    public void stopDelivery() {
        mbeans(mbeans -> mbeans.invoke(
                queue(mbeans, "Config"), "pause", new Object[] {"CONSUMERS"}, new String[] {"java.lang.String"}));
    }

    @Override
    public void startDelivery() {
        mbeans(mbeans -> mbeans.invoke(queue(mbeans, "Config"), "resume", null, null));
    }

    /** Without this, the pool continues to hand out JMS connections that the broker has closed. */
    void forgetConnections() {
        post(DOMAIN + "resources/flush-connection-pool", "id", JMS_POOL);
    }

    /** By the application's listeners, not at the management port. */
    public void refuseRequests() {
        post(CONFIG + "http-service/virtual-server/server", "state", "disabled");
    }

    public void takeRequests() {
        post(CONFIG + "http-service/virtual-server/server", "state", "on");
    }

    @Override
    public void tasksAtOnce(int most) {
        post(CONFIG + "mdb-container", "maxPoolSize", Integer.toString(most));
    }

    @Override
    public long queueDepth() {
        return ofQueue("NumMsgs");
    }

    @Override
    public long queuedEver() {
        return ofQueue("NumMsgsIn");
    }

    @Override
    public List<String> timers() {
        JsonNode answer = get(DOMAIN + "get?monitor=true&id=server.applications.errand.errand-ejb%5C.jar.*");
        return TIMER.matcher(answer.toString()).results().map(m -> m.group(1)).toList();
    }

    @Override
    public int connectionsInUse() {
        return get("monitoring/domain/server/resources/H2Pool")
                .at("/extraProperties/entity/numconnused/current")
                .asInt();
    }

    @Override
    public void logLevel(String logger, String level) {
        post(DOMAIN + "set-log-levels", "id", logger + "=" + level);
    }

    @Override
    public void configure(String key, String value) {
        post(
                CONFIG + "microprofile-config/set-config-property",
                "propertyName",
                key,
                "propertyValue",
                value,
                "source",
                "domain");
    }

    @Override
    public void redeploy() {
        deploy();
    }

    @Override
    public void undeploy() {
        call(request(APPLICATIONS + "/errand").DELETE());
    }

    /** Replaces the existing value. */
    @Override
    public void deploy() {
        String ear = server.deployments().path().resolve("errand.ear").toString();
        post(APPLICATIONS, "id", ear, "force", "true");
    }

    @Override
    public JMXConnector jmx(String user, String password) {
        try {
            return JMXConnectorFactory.connect(
                    new JMXServiceURL(
                            "service:jmx:rmi:///jndi/rmi://localhost:" + (8686 + server.offset()) + "/jmxrmi"),
                    Map.of(JMXConnector.CREDENTIALS, new String[] {user, password}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The MBean of the application's queue, whose name is the server's. */
    static ObjectName queue(MBeanServerConnection mbeans, String subtype) throws JMException, IOException {
        ObjectName all =
                new ObjectName("com.sun.messaging.jms.server:type=Destination,subtype=" + subtype + ",desttype=q,*");
        return mbeans.queryNames(all, null).stream()
                .filter(name -> name.getKeyProperty("name").contains("ErrandTasks"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The broker has no queue of Errand"));
    }

    private long ofQueue(String figure) {
        return (long) mbeans(mbeans -> mbeans.getAttribute(queue(mbeans, "Monitor"), figure));
    }

    interface Call {
        Object on(MBeanServerConnection mbeans) throws JMException, IOException;
    }

    Object mbeans(Call call) {
        try {
            return call.on(jmx.getMBeanServerConnection());
        } catch (JMException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return call(request(path).GET());
    }

    private void post(String path, String... parameters) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            form.append('&').append(parameters[i]).append('=');
            form.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        call(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.substring(1))));
    }

    /** @param path as in the address of the console's own REST interface */
    private Builder request(String path) {
        return rest.request("http://localhost:" + (4848 + server.offset()) + "/" + path)
                // a deployment takes its time
                .timeout(Duration.ofMinutes(5))
                .header("Accept", "application/json")
                .header("X-Requested-By", "an administrator");
    }

    private JsonNode call(Builder request) {
        JsonNode answer = rest.call(request).expect(200).json();
        assertThat(answer.path("exit_code").asString()).as(answer.toString()).isNotEqualTo("FAILURE");
        return answer;
    }

    @Override
    public void close() {
        try {
            jmx.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
