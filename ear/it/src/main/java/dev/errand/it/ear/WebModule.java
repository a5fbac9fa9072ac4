package dev.errand.it.ear;

import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The paths that can be called in the web module of the EAR as it was built. They come from its files, so new ones are found too. */
public final class WebModule {
    private static final String CLASSES = "WEB-INF/classes/";

    private static final Pattern SERVLET =
            Pattern.compile("<servlet-mapping>.*?<url-pattern>(.*?)</url-pattern>", Pattern.DOTALL);

    private WebModule() {}

    /** A method, and a path below the context root. A resource's path has its templates in it, "{id: .+}". */
    public record Way(String method, String path) {}

    /** The calls of REST and of the servlets, and the pages with all that belongs to them. */
    public static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        java.nio.file.Path war = null;
        try {
            war = Files.createTempFile("errand-web", ".war");
            List<String> names = extract(war);
            names.stream()
                    .filter(name -> !name.endsWith("/") && !name.matches("(WEB|META)-INF/.*"))
                    .forEach(name -> ways.add(new Way("GET", "/" + name)));
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {new URL("jar:" + war.toUri() + "!/" + CLASSES)}, WebModule.class.getClassLoader())) {
                try (InputStream descriptor = new URL("jar:" + war.toUri() + "!/WEB-INF/web.xml").openStream()) {
                    ways.addAll(ofDescriptor(new String(descriptor.readAllBytes(), StandardCharsets.UTF_8)));
                }
                names.stream()
                        .filter(name -> name.startsWith(CLASSES) && name.endsWith(".class"))
                        .map(name -> name.substring(CLASSES.length(), name.length() - ".class".length())
                                .replace('/', '.'))
                        .forEach(name -> ways.addAll(ofClass(load(loader, name))));
            }
            return ways;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (war != null) {
                war.toFile().delete();
            }
        }
    }

    private static List<String> extract(java.nio.file.Path target) throws IOException {
        try (ZipInputStream ear =
                new ZipInputStream(Files.newInputStream(java.nio.file.Path.of(System.getProperty("errand.it.ear"))))) {
            for (ZipEntry entry = ear.getNextEntry(); entry != null; entry = ear.getNextEntry()) {
                if (entry.getName().equals("errand-web.war")) {
                    Files.write(target, ear.readAllBytes());
                    return names(target);
                }
            }
        }
        throw new AssertionError("No errand-web.war in the EAR");
    }

    private static List<String> names(java.nio.file.Path war) throws IOException {
        List<String> names = new ArrayList<>();
        try (InputStream file = Files.newInputStream(war);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static Class<?> load(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Way> ofDescriptor(String xml) {
        return SERVLET.matcher(xml)
                .results()
                .map(found -> found.group(1))
                .flatMap(path -> Stream.of(new Way("GET", path), new Way("POST", path)))
                .toList();
    }

    private static List<Way> ofClass(Class<?> type) {
        List<Way> ways = new ArrayList<>();
        WebServlet servlet = type.getAnnotation(WebServlet.class);
        if (servlet != null) {
            Stream.concat(Stream.of(servlet.value()), Stream.of(servlet.urlPatterns()))
                    .forEach(path -> ways.addAll(List.of(new Way("GET", path), new Way("POST", path))));
        }
        Path resource = type.getAnnotation(Path.class);
        if (resource != null) {
            for (Method method : type.getDeclaredMethods()) {
                Path sub = method.getAnnotation(Path.class);
                String path = "/api/" + resource.value().replaceAll("\\{errand: (.*)}", "$1")
                        + (sub == null ? "" : "/" + sub.value());
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        ways.add(new Way(http.value(), path));
                    }
                }
            }
        }
        return ways;
    }
}
