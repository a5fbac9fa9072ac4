package dev.errand.it.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local repository of Maven for a project that is not part of the build: it links to that of the build, and has
 * Errand's artifacts as they were just built. The build's own repository has none, or older ones.
 */
public final class LocalRepository {
    private static final String VERSION = "1.0.0-SNAPSHOT";

    private final Path errand;
    private final Path tree = Path.of(System.getProperty("errand.it.root"));

    private LocalRepository(Path folder) throws IOException {
        errand = folder.resolve("dev/errand");
        Path builds = Path.of(System.getProperty("errand.it.repository"));
        Files.createDirectories(errand);
        link(builds, folder);
        if (Files.exists(builds.resolve("dev"))) {
            link(builds.resolve("dev"), folder.resolve("dev"));
        }
        install("", "errand");
        install("ejb-module", "errand-ejb", ".jar", "-client.jar");
        install("jms-module", "errand-jms", ".jar");
        install("tasks-module", "errand-tasks", ".jar");
        install("web-module", "errand-web", ".war", "-fragment.jar");
        install("ear", "errand-ear");
    }

    /** Makes a repository in a folder, and returns the folder. */
    public static Path in(Path folder) throws IOException {
        new LocalRepository(folder);
        return folder;
    }

    /** Packages a project with the Maven of this build. Its artifacts come from this repository. */
    public static void build(Path pom, Path repository) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("errand.it.maven"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-f",
                pom.toString(),
                "-Dmaven.repo.local=" + repository,
                "-Dexample.server.skip=true",
                "package"));
        if (System.getProperty("errand.it.offline").endsWith("true")) {
            command.add("-o");
        }
        new Shell(pom.getParent()).run(command.toArray(String[]::new));
    }

    private static void link(Path from, Path to) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Path link = to.resolve(file.getFileName().toString());
                if (Files.notExists(link)) {
                    Files.createSymbolicLink(link, file);
                }
            }
        }
    }

    private void install(String module, String artifact, String... endings) throws IOException {
        Path folder = Files.createDirectories(errand.resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(tree.resolve(module).resolve("pom.xml"), folder.resolve(name + ".pom"));
        for (String ending : endings) {
            Files.copy(
                    tree.resolve(module).resolve("target").resolve(artifact + ending), folder.resolve(name + ending));
        }
    }
}
