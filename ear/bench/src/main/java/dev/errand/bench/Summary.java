package dev.errand.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables of docs/explain/performance.md: a column a system, the best of each line in bold. */
final class Summary {
    private static final List<String> THROUGHPUT = List.of("W1", "W2", "W3");

    private final Report report;

    Summary(Report report) {
        this.report = report;
    }

    void print(PrintStream out) {
        List<String> systems = report.systems();
        out.println(
                "| | " + systems.stream().map(system -> "`" + system + "`").collect(Collectors.joining(" | ")) + " |");
        out.println("|---" + "|---".repeat(systems.size()) + "|");
        THROUGHPUT.forEach(workload -> most(out, workload));
        most(out, "W1-32");
        most(out, "W1-128");
        least(out, "W1, p50 / p99, ms", List.of("W1"), "p50", "p99");
        least(out, "W1-32, p50 / p99, ms", List.of("W1-32"), "p50", "p99");
        least(out, "W1-128, p50 / p99, ms", List.of("W1-128"), "p50", "p99");
        least(out, "W1-128, CPU seconds per 10,000 tasks", List.of("W1-128"), "cpu, all");
        least(out, "W1T, added by the send, %", List.of("W1T"), "added %");
        least(out, "W4, p50 / p99, ms", List.of("W4"), "p50", "p99");
        least(out, "W5, p50 / p99, ms late", List.of("W5"), "p50", "p99");
        line(out, "W5, the earliest, ms late", List.of("W5"), List.of("p0"), value -> Math.min(0, value));
        most(out, "W6");
        least(out, "W6, a short task next to it, p50 / p99, ms", List.of("W6"), "fair p50", "fair p99");
        least(out, "W7, p50 / p99, ms", List.of("W7"), "p50", "p99");
        least(out, "CPU seconds per 10,000 tasks, W1 / W2 / W3", THROUGHPUT, "cpu, all");
        least(out, "commits per task, W1 / W2 / W3", THROUGHPUT, "commits");
        least(out, "WAL bytes per task, W1 / W2 / W3", THROUGHPUT, "wal");
        least(out, "idle: CPU, % of a core", List.of("IDLE"), "cpu, % of a core");
        least(out, "idle: queries/s", List.of("IDLE"), "queries/s");
        least(out, "heap in MB, idle", List.of("IDLE"), "heap");
        least(out, "heap in MB, W6 waiting", List.of("W6"), "heap");
        for (String workload : List.of("WH1", "WH10", "WH100", "WHF1", "WHF10", "WHF100")) {
            most(out, workload);
            least(out, workload + ", p50 / p99, ms", List.of(workload), "p50", "p99");
            least(
                    out,
                    workload + ", a short task next to it, p50 / p99, ms",
                    List.of(workload),
                    "fair p50",
                    "fair p99");
        }
    }

    private void most(PrintStream out, String workload) {
        line(out, workload + ", tasks/s", List.of(workload), List.of("tasks/s"), value -> value);
    }

    private void least(PrintStream out, String label, List<String> workloads, String... figures) {
        // too early is no better than too late
        line(out, label, workloads, List.of(figures), value -> -Math.abs(value));
    }

    /** @param goodness of a figure */
    private void line(
            PrintStream out, String label, List<String> workloads, List<String> figures, DoubleUnaryOperator goodness) {
        List<List<String>> columns = workloads.stream()
                .flatMap(workload -> figures.stream().map(figure -> column(workload, figure, goodness)))
                .toList();
        List<String> cells = IntStream.range(0, report.systems().size())
                .mapToObj(system ->
                        columns.stream().map(column -> column.get(system)).collect(Collectors.joining(" / ")))
                .map(cell -> cell.replaceAll("^[ /]+$", ""))
                .toList();
        if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
            out.println("| " + label + " | " + String.join(" | ", cells) + " |");
        }
    }

    /** One figure of each system. */
    private List<String> column(String workload, String figure, DoubleUnaryOperator goodness) {
        double best = report.systems().stream()
                .filter(system -> !isLimit(system))
                .mapToDouble(system -> report.median(workload, system, figure))
                .filter(value -> !Double.isNaN(value))
                .map(goodness)
                .max()
                .orElse(0);
        return report.systems().stream()
                .map(system -> {
                    List<Double> values = report.values(workload, system, figure);
                    if (values.isEmpty()) {
                        return "";
                    }
                    double median = report.median(workload, system, figure);
                    String text = figure.equals("tasks/s") ? Report.cell(values) : Report.text(median);
                    return !isLimit(system) && goodness.applyAsDouble(median) == best
                            ? text.replaceFirst("^\\S+", "**$0**")
                            : text;
                })
                .toList();
    }

    /** The upper limit is no system and wins nothing. */
    private static boolean isLimit(String system) {
        return system.startsWith("jdbc");
    }
}
