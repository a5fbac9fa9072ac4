package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly as it is downloaded, in a folder of its own; nothing is set up. */
public final class StockWildFly extends ServerProcess {
    private final Path home = base.resolve(System.getProperty("errand.it.wildfly.folder"));

    public StockWildFly(String name, int offset) {
        super(name, offset);
        try {
            Files.createDirectories(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shell shell = new Shell(base);
        shell.run(Shell.jdk("jar"), "-xf", System.getProperty("errand.it.wildfly.zip"));
        // as unzip would leave them
        for (String script : new String[] {"standalone", "jboss-cli", "add-user"}) {
            shell.run("chmod", "+x", home.resolve("bin/" + script + ".sh").toString());
        }
    }

    public Path home() {
        return home;
    }

    @Override
    List<String> command() {
        return StandaloneCommandBuilder.of(home)
                .setJavaHome(java().home())
                .setServerConfiguration("standalone-full.xml")
                .setJavaOptions("-Xmx1g")
                .addServerArguments("-Djboss.socket.binding.port-offset=" + offset())
                .build();
    }

    @Override
    public Path configuration() {
        return home.resolve("standalone/configuration/standalone-full.xml");
    }

    @Override
    public DeploymentFolder deployments() {
        return DeploymentFolder.wildfly(home.resolve("standalone/deployments"));
    }

    @Override
    public Path logFile() {
        return home.resolve("standalone/log/server.log");
    }
}
