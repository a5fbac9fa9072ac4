package dev.errand.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Whether Errand is still as fast as it was: by its ratio to db-scheduler in a short run, since figures differ from machine to
 * machine. Ends with 1 if a ratio is below its floor in {@code floors.properties}, or a round was void.
 */
public final class Gate {
    private static final Options SHORT =
            new Options(List.of("errand", "db-scheduler"), List.of("W1", "W2", "W3"), 5, 0.5);

    private Gate() {}

    public static void main(String[] args) throws Exception {
        Properties floors = read(Path.of(System.getProperty("errand.bench.floors")));
        Report report = Bench.run(SHORT);
        boolean passed = report.voids().isEmpty();
        for (String workload : new TreeSet<>(floors.stringPropertyNames())) {
            double floor = Double.parseDouble(floors.getProperty(workload));
            double ratio =
                    report.median(workload, "errand", "tasks/s") / report.median(workload, "db-scheduler", "tasks/s");
            // not so if there is no figure
            boolean above = ratio >= floor;
            System.out.printf(
                    "%s: %.2f times db-scheduler; the floor is %.2f%s%n",
                    workload, ratio, floor, above ? "" : ": TOO SLOW");
            passed &= above;
        }
        report.voids().forEach(why -> System.out.println("Void: " + why));
        System.exit(passed ? 0 : 1);
    }

    private static Properties read(Path file) throws IOException {
        Properties floors = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            floors.load(reader);
        }
        return floors;
    }
}
