package dev.errand.timer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this engine, from its jar. */
final class EngineVersion {
    /** The version; "unknown" outside of a jar. */
    static final String TEXT = read();

    private EngineVersion() {}

    private static String read() {
        try (InputStream file = EngineVersion.class
                .getClassLoader()
                .getResourceAsStream("META-INF/maven/dev.errand/errand-ejb/pom.properties")) {
            if (file != null) {
                Properties properties = new Properties();
                properties.load(file);
                return properties.getProperty("version", "unknown");
            }
        } catch (IOException e) {
            // the version is only shown
        }
        return "unknown";
    }
}
