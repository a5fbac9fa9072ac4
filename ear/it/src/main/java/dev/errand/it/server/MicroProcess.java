package dev.errand.it.server;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** A Payara Micro. It takes web applications only, and those at its start. */
final class MicroProcess extends ServerProcess {
    private static final String WAR = "errand.war";

    MicroProcess(String name, int offset) {
        super(name, offset);
        try {
            Files.createDirectories(deployments().path());
            Files.createDirectories(logFile().getParent());
            Files.copy(Folders.home("errand.it.scripts").resolve("payara-micro/errand.asadmin"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same application as one WAR. */
    @Override
    public ServerProcess deploy(ErrandEar ear) {
        ear.asWar(WAR)
                .as(ZipExporter.class)
                .exportTo(deployments().path().resolve(WAR).toFile(), true);
        return this;
    }

    @Override
    List<String> command() {
        forgetDeployment();
        List<String> command = new ArrayList<>(List.of(java().home() + "/bin/java"));
        command.addAll(java().jvm());
        command.addAll(java().properties());
        command.addAll(List.of("-jar", Folders.home("errand.it.payara-micro").toString()));
        command.addAll(List.of("--rootDir", base.resolve("server").toString()));
        command.addAll(List.of("--prebootcommandfile", configuration().toString()));
        command.addAll(List.of("--logToFile", base.resolve("log/server.log").toString()));
        command.addAll(List.of("--port", String.valueOf(port())));
        command.addAll(List.of("--contextRoot", "/tasks"));
        command.addAll(List.of("--deploy", deployments().path().resolve(WAR).toString()));
        command.add("--noHazelcast");
        return command;
    }

    /** A Payara Micro is new at each start. With what an earlier one left it would deploy the application twice. */
    private void forgetDeployment() {
        try {
            Folders.delete(base.resolve("server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    Path configuration() {
        return base.resolve("errand.asadmin");
    }

    @Override
    public DeploymentFolder deployments() {
        return DeploymentFolder.payara(base.resolve("deployments"));
    }

    @Override
    public Path logFile() {
        // Java's own file handler numbers its files
        return base.resolve("log/server.log.0");
    }
}
