package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder from which a server deploys. Files next to an EAR show the outcome. */
public class DeploymentFolder {
    private final Path folder;
    private final String deployed;
    private final String refused;
    private final String removed;
    /** The file whose deletion removes an application: the EAR, or the mark that it is deployed. */
    private final String remove;

    DeploymentFolder(Path folder, String deployed, String refused, String removed, String remove) {
        this.folder = folder;
        this.deployed = deployed;
        this.refused = refused;
        this.removed = removed;
        this.remove = remove;
    }

    static DeploymentFolder wildfly(Path folder) {
        return new DeploymentFolder(folder, ".deployed", ".failed", ".undeployed", ".deployed");
    }

    static DeploymentFolder payara(Path folder) {
        return new DeploymentFolder(folder, "_deployed", "_deployFailed", "_undeployed", "");
    }

    public Path path() {
        return folder;
    }

    boolean hasDeployed(String ear) {
        return Files.exists(file(ear, deployed));
    }

    boolean hasRefused(String ear) {
        return Files.exists(file(ear, refused));
    }

    boolean hasRemoved(String ear) {
        return Files.exists(file(ear, removed));
    }

    /** Moves an EAR there in one step: the server must not see half a file. */
    void offer(Path ear) throws IOException {
        Files.move(ear, folder.resolve(ear.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(String ear) throws IOException {
        Files.delete(file(ear, remove));
    }

    /** Returns the reason for which the server refused an EAR, and deletes all files of it. */
    String takeRefused(String ear) throws IOException {
        String why = Files.readString(file(ear, refused));
        forget(ear);
        return why;
    }

    void forget(String ear) {
        try {
            for (String suffix : new String[] {"", deployed, refused, removed}) {
                Files.deleteIfExists(file(ear, suffix));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String ear, String suffix) {
        return folder.resolve(ear + suffix);
    }
}
