package dev.errand.it.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Java that a server runs on: the JDK, its options, the system properties and the environment. For one thread. */
final class JavaOptions {
    private static final int HEAP_MEGABYTES = 1024;

    /** The value of "errand.it.dispatch": jms, or threads on servers that have a broker. */
    private static final String DISPATCH = System.getProperty("errand.it.dispatch", "jms");

    private final List<String> properties = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private int heapMegabytes = HEAP_MEGABYTES;
    private String home = System.getProperty("errand.it.java");

    /** @param data the folder of the users, the H2 file and the archive */
    JavaOptions(Path data) {
        property("errand-data", data.toString());
        if (DISPATCH.equals("threads")) {
            property("errand.dispatch", "threads");
        }
    }

    void home(String folder) {
        home = folder;
    }

    String home() {
        return home;
    }

    void property(String key, String value) {
        properties.add("-D" + key + "=" + value);
    }

    List<String> properties() {
        return List.copyOf(properties);
    }

    void variable(String name, String value) {
        environment.put(name, value);
    }

    Map<String, String> environment() {
        return environment;
    }

    void heap(int megabytes) {
        heapMegabytes = megabytes;
    }

    /** Returns the options of the JVM itself. A server whose heap a test has set has no others. */
    List<String> jvm() {
        List<String> all = new ArrayList<>(List.of("-Xmx" + heapMegabytes + "m"));
        if (heapMegabytes == HEAP_MEGABYTES) {
            Collections.addAll(all, System.getProperty("errand.it.jvm", "").split(" "));
            all.removeIf(String::isBlank);
        }
        return all;
    }
}
