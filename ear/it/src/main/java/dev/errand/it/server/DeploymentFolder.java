package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder in which a server looks for what it is to deploy; by files beside an EAR it tells how that went. */
public class DeploymentFolder {
    private final Path folder;
    private final String deployed;
    private final String refused;
    private final String removed;
    /** What to delete, so that the server takes an application away: the EAR, or the file that tells that it is deployed. */
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

    /** What the server has written on why it refused an EAR; nothing of it stays. */
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
