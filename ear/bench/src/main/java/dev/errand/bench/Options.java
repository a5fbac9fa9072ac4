package dev.errand.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The choice of measurements.
 *
 * @param scale 1 for all of the tasks, less for fewer
 */
record Options(List<String> systems, List<String> workloads, int repetitions, double scale) {
    private static final Map<String, Integer> TASKS = Map.ofEntries(
            Map.entry("W1", 20_000),
            Map.entry("W1-32", 20_000),
            Map.entry("W1-128", 40_000),
            Map.entry("W1T", 10_000),
            Map.entry("W2", 20_000),
            Map.entry("W3", 20_000),
            Map.entry("W4", 400),
            Map.entry("W5", 5_000),
            Map.entry("W6", 1_000_000),
            Map.entry("W7", 9_000),
            Map.entry("WH1", 10_000),
            Map.entry("WH10", 10_000),
            Map.entry("WH100", 2_000),
            Map.entry("WHF1", 10_000),
            Map.entry("WHF10", 10_000),
            Map.entry("WHF100", 2_000));

    /** @param args {@code key=value}; each may be left out */
    static Options read(String[] args, Options otherwise) {
        Map<String, String> given = Arrays.stream(args)
                .filter(arg -> arg.contains("="))
                .map(arg -> arg.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Options options = new Options(
                list(given.remove("systems"), otherwise.systems),
                list(given.remove("workloads"), otherwise.workloads),
                Integer.parseInt(given.getOrDefault("repetitions", "" + otherwise.repetitions)),
                Double.parseDouble(given.getOrDefault("scale", "" + otherwise.scale)));
        given.keySet().removeAll(List.of("repetitions", "scale"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "No option " + given.keySet() + "; there are systems, workloads, repetitions and scale");
        }
        return options;
    }

    private static List<String> list(String text, List<String> otherwise) {
        return text == null ? otherwise : List.of(text.split(","));
    }

    /** How many tasks: whole batches. */
    int count(String workload) {
        return 100 * (int) Math.max(1, TASKS.get(workload) * scale / 100);
    }

    /** Of each system. */
    int warmUpSeconds() {
        return (int) Math.min(60, 120 * scale);
    }

    /** How long nothing happens. */
    int idleSeconds() {
        return (int) Math.max(5, 60 * scale);
    }
}
