package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakEnded.Wait;
import dev.errand.bench.soak.SoakFaults.Fault;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A soak in a few figures. */
final class SoakFigures {
    /** The time after its end in which a fault still counts: the backlog is worked off, and a node that has just started is cold. */
    private static final long AFTERMATH_MILLIS = 15_000;

    private final SoakLoad load;
    private final SoakEnded ended;
    private final List<Fault> faults;
    private final List<JvmMemory> inUse;

    /** @param inUse of the first node after collections, from the first to the last */
    SoakFigures(SoakLoad load, SoakEnded ended, List<Fault> faults, List<JvmMemory> inUse) {
        this.load = load;
        this.ended = ended;
        this.faults = faults;
        this.inUse = inUse;
    }

    String text() {
        return String.join(
                "\n",
                "sent " + load.sent() + ", ended " + ended.tasks().size() + ", in bursts "
                        + (long) SoakLoad.BURST * load.bursts().size() + ", given up " + load.givenUp(),
                "nodes that did not take one said " + load.refusals(),
                "faults " + SoakFaults.count(faults) + "; in them or after them "
                        + faults.stream()
                                        .mapToLong(fault -> fault.end() - fault.begin() + AFTERMATH_MILLIS)
                                        .sum()
                                / 1_000
                        + " s",
                "due to start, ms, calm: " + waits(false),
                "due to start, ms, in a fault or after it: " + waits(true),
                "heap of the first node in use, MB: " + memory(JvmMemory::heap),
                "classes of the first node, MB: " + memory(JvmMemory::classes));
    }

    private String waits(boolean inAFault) {
        List<Long> waits = ended.waits().stream()
                .filter(wait -> isInAFault(wait) == inAFault)
                .map(Wait::millis)
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "p50 %.0f, p99 %.0f, p100 %.0f of %d",
                SoakSampler.percentile(waits, 50),
                SoakSampler.percentile(waits, 99),
                SoakSampler.percentile(waits, 100),
                waits.size());
    }

    private boolean isInAFault(Wait wait) {
        return faults.stream()
                .anyMatch(fault ->
                        wait.due() < fault.end() + AFTERMATH_MILLIS && wait.due() + wait.millis() >= fault.begin());
    }

    private String memory(ToDoubleFunction<JvmMemory> what) {
        return inUse.stream()
                .map(memory -> String.format(Locale.ROOT, "%.0f", what.applyAsDouble(memory)))
                .collect(Collectors.joining(" "));
    }
}
