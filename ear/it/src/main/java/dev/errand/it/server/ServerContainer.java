package dev.errand.it.server;

import dev.errand.it.client.Ports;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.protocol.servlet5.ServletMethodExecutor;
import org.jboss.shrinkwrap.api.Archive;

/**
 * The {@link ServerProcess} of Arquillian, one for all test classes of a JVM. An application stays until the next deployment, so
 * classes with the same application share it.
 */
public final class ServerContainer implements DeployableContainer<ServerContainer.Configuration> {
    public static final String NAME = "arquillian";

    private ServerProcess server;
    private Archive<?> deployed;

    /** Named in META-INF/services, where Arquillian looks for it. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, ServerContainer.class);
        }
    }

    /** There is nothing to configure. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {
            // always valid
        }
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void start() {
        server = ServerProcess.fresh(NAME, Ports.ARQUILLIAN)
                .with(Ports.FORK, System.getProperty(Ports.FORK, "1"))
                .with("errand.http.allow", "127.0.0.1")
                // of the 32 bytes 0123456789abcdef0123456789abcdef
                .with("errand.webhook.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
                .with("errand.archive.dir", archive().toString())
                .startWithoutWaiting();
    }

    /** Where the server keeps archived files. */
    public static Path archive() {
        return Path.of(System.getProperty("errand.it.servers"), NAME, "data", "archive");
    }

    @Override
    public void stop() {
        server.close();
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        if (archive != deployed) {
            if (deployed != null) {
                server.undeployNow(deployed.getName());
                deployed = null;
            }
            Optional<String> refusal = server.deployNow(archive);
            if (refusal.isPresent()) {
                throw new DeploymentException(refusal.get());
            }
            deployed = archive;
        }
        server.awaitHealth();
        return new ProtocolMetaData()
                .addContext(new HTTPContext("localhost", server.port())
                        .add(new Servlet(ServletMethodExecutor.ARQUILLIAN_SERVLET_NAME, "/it")));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        // the next deployment does it
    }
}
