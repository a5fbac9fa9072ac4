package dev.errand.bench.soak;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The values of one moment; not a number where a value could not be read.
 *
 * @param at milliseconds since 1970
 * @param p50 of the milliseconds from the time when a task was due until it has started, of those that have ended since the
 *     sample before
 * @param heapOne in use in the first node, MB
 * @param connections to the database
 * @param busy those of them that are not idle
 * @param tables MB of all of Errand's, with their indexes
 * @param taskTable of that the table of the tasks
 * @param live unfinished tasks
 * @param logs MB of the longest log
 */
record SoakSample(
        long at,
        double minutes,
        long sent,
        long givenUp,
        long ended,
        double p50,
        double p99,
        double heapOne,
        double heapTwo,
        double connections,
        double busy,
        double tables,
        double taskTable,
        double live,
        double logs) {

    static final String HEAD =
            "minutes,sent,given up,ended,p50 ms,p99 ms,heap one MB,heap two MB,connections,busy,tables MB,task table MB,live,log MB";

    String csv() {
        return DoubleStream.of(
                        minutes,
                        sent,
                        givenUp,
                        ended,
                        p50,
                        p99,
                        heapOne,
                        heapTwo,
                        connections,
                        busy,
                        tables,
                        taskTable,
                        live,
                        logs)
                .mapToObj(SoakSample::text)
                .collect(Collectors.joining(","));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%.0f min: %,d sent, %,d ended, %.0f live, %,d given up; due to start p50 %.0f ms, p99 %.0f ms; heaps %.0f and %.0f MB, %.0f connections, tables %.0f MB",
                minutes,
                sent,
                ended,
                live,
                givenUp,
                p50,
                p99,
                heapOne,
                heapTwo,
                connections,
                tables);
    }

    private static String text(double value) {
        return Double.isNaN(value)
                ? ""
                : String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
