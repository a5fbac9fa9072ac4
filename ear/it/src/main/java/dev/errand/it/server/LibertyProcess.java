package dev.errand.it.server;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.Driver;

/** An Open Liberty, set up by the file for people who run one. */
final class LibertyProcess extends ServerProcess {
    private static final String NAME = "errand";

    private final Path folder = base.resolve("servers").resolve(NAME);
    private final LoggedDeployments deployments = new LoggedDeployments(folder.resolve("dropins"), logFile());

    LibertyProcess(String name, int offset) {
        super(name, offset);
        try {
            Files.createDirectories(deployments().path());
            Files.createDirectories(folder.resolve("jdbc"));
            Files.copy(ErrandEar.jarOf(Driver.class).toPath(), folder.resolve("jdbc/h2.jar"));
            Files.copy(Folders.home("errand.it.scripts").resolve("liberty/server.xml"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        with("errand-port", String.valueOf(port()));
    }

    /** Returns the command that "server run" would start. */
    @Override
    List<String> command() {
        deployments.forgetLog();
        Path liberty = Folders.home("errand.it.liberty");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "WLP_USER_DIR=" + base,
                java().home() + "/bin/java",
                "@" + liberty.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + liberty.resolve("bin/tools/ws-javaagent.jar"),
                "-Xmx1g"));
        command.addAll(java().properties());
        command.addAll(
                List.of("-jar", liberty.resolve("bin/tools/ws-server.jar").toString(), NAME));
        return command;
    }

    @Override
    Path configuration() {
        return folder.resolve("server.xml");
    }

    @Override
    public DeploymentFolder deployments() {
        return deployments;
    }

    @Override
    public Path logFile() {
        return base.resolve("servers").resolve(NAME).resolve("logs/messages.log");
    }
}
