package dev.errand.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file or folder of the deployed application. Payara has them on disk. WildFly has them in a file system of its own: the
 * content of a URL is an object of it. Reflection is necessary, because an application does not see its classes.
 */
interface ModuleFiles {
    String name();

    /** Returns the files and folders in a folder; an empty list for a file. */
    List<ModuleFiles> children();

    InputStream open() throws IOException;

    /**
     * Returns the folder that contains all modules of the application, if it can be listed.
     *
     * @param module the place of one of the modules
     */
    static Optional<ModuleFiles> siblingsOf(URL module) {
        try {
            String path = module.toString().replaceFirst("/+$", "");
            URL parent = new URL(path.substring(0, path.lastIndexOf('/') + 1));
            if (parent.getProtocol().equals("file")) {
                return Optional.of(new OnDisk(Path.of(URI.create(parent.toString()))));
            }
            if (parent.getProtocol().equals("vfs")) {
                return Optional.of(new InVfs(parent.getContent()));
            }
        } catch (IOException | IllegalArgumentException e) {
            // a server with its modules elsewhere: this check is left out
        }
        return Optional.empty();
    }

    /** A file of the operating system. */
    record OnDisk(Path path) implements ModuleFiles {
        @Override
        public String name() {
            return path.getFileName().toString();
        }

        @Override
        public List<ModuleFiles> children() {
            if (!Files.isDirectory(path)) {
                return List.of();
            }
            try (Stream<Path> children = Files.list(path)) {
                return children.map(child -> (ModuleFiles) new OnDisk(child)).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }
    }

    /** WildFly's {@code org.jboss.vfs.VirtualFile}. */
    record InVfs(Object file) implements ModuleFiles {
        @Override
        public String name() {
            return (String) call("getName");
        }

        @Override
        public List<ModuleFiles> children() {
            return ((List<?>) call("getChildren"))
                    .stream().map(child -> (ModuleFiles) new InVfs(child)).toList();
        }

        @Override
        public InputStream open() {
            return (InputStream) call("openStream");
        }

        private Object call(String method) {
            try {
                return file.getClass().getMethod(method).invoke(file);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("WildFly's VirtualFile has no " + method, e);
            }
        }
    }
}
