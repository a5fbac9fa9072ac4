package dev.errand.bench.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * How a {@link Soak} runs.
 *
 * @param database "postgresql" with two nodes, or "h2" with the one that its file allows
 * @param rate tasks per second
 * @param faults the mean time between two
 * @param keep how long finished tasks are kept
 * @param seed of the order of the faults, and of all times between and in them
 */
record SoakOptions(String database, Duration duration, int rate, Duration faults, Duration keep, long seed) {

    /** @param args {@code key=value}; each may be left out */
    static SoakOptions read(String[] args) {
        Map<String, String> given = Arrays.stream(args)
                .map(arg -> arg.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
        SoakOptions options = new SoakOptions(
                take(given, "database", "postgresql"),
                Duration.parse(take(given, "duration", "PT1H")),
                Integer.parseInt(take(given, "rate", "50")),
                Duration.parse(take(given, "faults", "PT2M")),
                Duration.parse(take(given, "keep", "PT10M")),
                Long.parseLong(take(given, "seed", "" + new Random().nextInt(1_000_000))));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "No option " + given.keySet() + "; there are database, duration, rate, faults, keep and seed");
        }
        return options;
    }

    private static String take(Map<String, String> given, String key, String otherwise) {
        String value = given.remove(key);
        return value == null ? otherwise : value;
    }
}
