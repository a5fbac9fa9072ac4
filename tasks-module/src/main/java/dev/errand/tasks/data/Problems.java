package dev.errand.tasks.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The problems of a file: the first ones with their details, all of them by number. For one thread. */
final class Problems {
    /** The number of problems with details. */
    static final int KEPT = 10_000;

    private final List<Problem> kept = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long total;
    private boolean fatal;

    void add(Problem problem) {
        total++;
        counts.merge(problem.code(), 1L, Long::sum);
        if (kept.size() < KEPT) {
            kept.add(problem);
        }
    }

    /** Adds a problem of the whole file: none of its rows can be loaded. */
    void addFatal(Problem problem) {
        fatal = true;
        add(problem);
    }

    boolean isFatal() {
        return fatal;
    }

    long total() {
        return total;
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<Problem> kept() {
        return kept;
    }
}
