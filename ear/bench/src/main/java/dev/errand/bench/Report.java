package dev.errand.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The measurements by workload, system and figure, as Markdown. */
final class Report {
    private final Map<String, Map<String, Map<String, List<Double>>>> runs = new LinkedHashMap<>();
    private final List<String> voids = new ArrayList<>();

    void add(String system, String workload, Map<String, Double> figures) {
        figures.forEach((name, value) -> runs.computeIfAbsent(workload, w -> new LinkedHashMap<>())
                .computeIfAbsent(system, s -> new LinkedHashMap<>())
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(value));
    }

    void voided(String why) {
        voids.add(why);
    }

    /** Losses, duplicates and other errors. */
    List<String> voids() {
        return voids;
    }

    /** In the order in which they were first measured. */
    List<String> systems() {
        return runs.values().stream()
                .flatMap(systems -> systems.keySet().stream())
                .distinct()
                .toList();
    }

    /** Sorted; none, if it was not measured. */
    List<Double> values(String workload, String system, String figure) {
        return runs
                .getOrDefault(workload, Map.of())
                .getOrDefault(system, Map.of())
                .getOrDefault(figure, List.of())
                .stream()
                .sorted()
                .toList();
    }

    /** Not a number, if it was not measured. */
    double median(String workload, String system, String figure) {
        List<Double> values = values(workload, system, figure);
        return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
    }

    /** The summary, then each workload with all that was measured: medians, and ranges. */
    void print(PrintStream out) {
        new Summary(this).print(out);
        runs.forEach((workload, systems) -> {
            Set<String> figures = systems.values().stream()
                    .flatMap(measured -> measured.keySet().stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            out.println("\n### " + workload + "\n\n| | " + String.join(" | ", figures) + " |");
            out.println("|---" + "|---:".repeat(figures.size()) + "|");
            systems.keySet()
                    .forEach(system -> out.println("| " + system + " | "
                            + figures.stream()
                                    .map(figure -> cell(values(workload, system, figure)))
                                    .collect(Collectors.joining(" | "))
                            + " |"));
        });
        voids.forEach(why -> out.println("\nVoid: " + why));
    }

    static String cell(List<Double> values) {
        if (values.isEmpty()) {
            return "";
        }
        String median = text(values.get(values.size() / 2));
        return values.size() == 1
                ? median
                : "%s (%s–%s)".formatted(median, text(values.get(0)), text(values.get(values.size() - 1)));
    }

    static String text(double value) {
        String format =
                Math.abs(value) >= 100 || value == Math.rint(value) ? "%,.0f" : Math.abs(value) >= 1 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    void write(Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, "UTF-8")) {
            print(out);
        }
    }
}
