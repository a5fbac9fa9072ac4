package dev.errand.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Medians and ranges, by workload, system and figure. */
final class Report {
    private final Map<String, Map<String, Map<String, List<Double>>>> runs = new LinkedHashMap<>();

    void add(String system, String workload, Map<String, Double> figures) {
        figures.forEach((name, value) -> runs.computeIfAbsent(workload, w -> new LinkedHashMap<>())
                .computeIfAbsent(system, s -> new LinkedHashMap<>())
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(value));
    }

    /** As a Markdown table a workload. */
    void print(PrintStream out) {
        runs.forEach((workload, systems) -> {
            List<String> names =
                    List.copyOf(systems.values().iterator().next().keySet());
            out.println("\n### " + workload + "\n\n| | " + String.join(" | ", names) + " |");
            out.println("|---" + "|---:".repeat(names.size()) + "|");
            systems.forEach((system, figures) -> out.println("| " + system + " | "
                    + String.join(
                            " | ",
                            names.stream().map(name -> cell(figures.get(name))).toList())
                    + " |"));
        });
    }

    private static String cell(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        double median = sorted.get(sorted.size() / 2);
        return sorted.size() == 1
                ? text(median)
                : "%s (%s–%s)".formatted(text(median), text(sorted.get(0)), text(sorted.get(sorted.size() - 1)));
    }

    private static String text(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    void write(Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, "UTF-8")) {
            print(out);
        }
    }
}
