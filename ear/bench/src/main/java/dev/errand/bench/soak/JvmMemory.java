package dev.errand.bench.soak;

import dev.errand.it.server.ServerProcess;
import dev.errand.it.server.Shell;
import java.util.Arrays;
import java.util.List;

/** The memory that the JVM of a server uses, in megabytes; not a number if it does not run. The JVM itself is not asked: it may be frozen. */
record JvmMemory(double heap, double classes) {
    private static final JvmMemory NONE = new JvmMemory(Double.NaN, Double.NaN);
    private static final double MEGABYTES_A_KIB = 1_024 / 1e6;

    static JvmMemory of(ServerProcess server) {
        try {
            String[] lines = new Shell(server.data())
                    .run(Shell.jdk("jstat"), "-gc", pid(server))
                    .split("\\R");
            List<String> names = columns(lines[0]);
            List<String> values = columns(lines[1]);
            double heap = 0;
            for (String space : List.of("S0U", "S1U", "EU", "OU")) {
                heap += Double.parseDouble(values.get(names.indexOf(space)));
            }
            return new JvmMemory(
                    heap * MEGABYTES_A_KIB, Double.parseDouble(values.get(names.indexOf("MU"))) * MEGABYTES_A_KIB);
        } catch (AssertionError | IndexOutOfBoundsException | NumberFormatException e) {
            return NONE;
        }
    }

    /** Reads the size of the objects that a full collection leaves. */
    static JvmMemory inUse(ServerProcess server) {
        if (!server.isAlive()) {
            return NONE;
        }
        String histogram = new Shell(server.data()).run(Shell.jdk("jcmd"), pid(server), "GC.class_histogram");
        // the last line: "Total", objects, bytes
        String total = histogram.lines().reduce((first, second) -> second).orElseThrow();
        return new JvmMemory(
                Double.parseDouble(columns(total).get(2)) / 1e6, of(server).classes());
    }

    private static String pid(ServerProcess server) {
        return Long.toString(server.process().pid());
    }

    private static List<String> columns(String line) {
        return Arrays.asList(line.trim().split("\\s+"));
    }
}
