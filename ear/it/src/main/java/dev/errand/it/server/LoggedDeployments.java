package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The folder of Open Liberty, which tells in its log alone how a deployment went. */
final class LoggedDeployments extends DeploymentFolder {
    private final Path log;
    /** The position from which to read: the text before it belongs to earlier deployments. */
    private int read;

    LoggedDeployments(Path folder, Path log) {
        super(folder, "", "", "", "");
        this.log = log;
    }

    /** A start begins a new one. */
    void forgetLog() {
        read = 0;
    }

    @Override
    boolean hasDeployed(String ear) {
        return logged(ear, "CWWKZ000[13]I");
    }

    @Override
    boolean hasRefused(String ear) {
        return logged(ear, "CWWKZ(0002|0004|0106)E");
    }

    @Override
    boolean hasRemoved(String ear) {
        return logged(ear, "CWWKZ0009I");
    }

    @Override
    void offer(Path ear) throws IOException {
        read = log().length();
        super.offer(ear);
    }

    @Override
    void remove(String ear) throws IOException {
        read = log().length();
        super.remove(ear);
    }

    @Override
    String takeRefused(String ear) {
        forget(ear);
        // the log has it
        return "";
    }

    private boolean logged(String ear, String message) {
        String name = ear.substring(0, ear.lastIndexOf('.'));
        return Pattern.compile(message + ": .*\\b" + Pattern.quote(name) + "\\b")
                .matcher(log().substring(read))
                .find();
    }

    private String log() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
