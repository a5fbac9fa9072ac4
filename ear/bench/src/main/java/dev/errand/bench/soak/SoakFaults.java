package dev.errand.bench.soak;

import dev.errand.it.server.Admin;
import dev.errand.it.server.ServerProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Does harm, one kind after the other in a random order, and repairs it. Of two nodes, the process of the first lives as long
 * as the soak lasts, so that its memory tells something; the second is killed and stopped.
 */
final class SoakFaults {
    private static final int CUTS = 5;

    private final SoakSystem system;
    private final ServerProcess first;
    private final ServerProcess second;
    private final Random random;
    private final Queue<Kind> next = new ArrayBlockingQueue<>(Kind.values().length);
    private final List<Fault> done = Collections.synchronizedList(new ArrayList<>());

    /** With the letter that stands for it in the picture. */
    enum Kind {
        KILLED,
        FROZEN,
        CUT,
        DATABASE,
        STOPPED,
        REDEPLOYED;

        String letter() {
            return name().substring(0, 1);
        }
    }

    /** Returns when the fault is repaired. */
    record Fault(Kind kind, long begin, long end) {}

    SoakFaults(SoakSystem system, Random random) {
        this.system = system;
        this.first = system.nodes().get(0);
        this.second = system.last();
        this.random = random;
    }

    Fault doOne() throws InterruptedException {
        if (next.isEmpty()) {
            List<Kind> all = new ArrayList<>(system.faults());
            Collections.shuffle(all, random);
            next.addAll(all);
        }
        Kind kind = next.remove();
        long begin = System.currentTimeMillis();
        switch (kind) {
            case KILLED -> {
                second.kill();
                Thread.sleep(seconds(1, 12));
                second.start();
            }
            case FROZEN -> freeze(oneOfThem());
            case CUT -> cut();
            case DATABASE -> {
                system.postgres().crash();
                Thread.sleep(seconds(1, 8));
                system.postgres().start();
                first.awaitHealth();
                second.awaitHealth();
            }
            case STOPPED -> {
                second.stop();
                Thread.sleep(seconds(1, 12));
                second.start();
            }
            case REDEPLOYED -> {
                ServerProcess node = oneOfThem();
                try (Admin admin = node.admin()) {
                    admin.redeploy();
                }
                node.awaitHealth();
            }
        }
        Fault fault = new Fault(kind, begin, System.currentTimeMillis());
        done.add(fault);
        return fault;
    }

    /** For longer than it has a task without renewing its lease. */
    private void freeze(ServerProcess node) throws InterruptedException {
        node.signal("STOP");
        try {
            Thread.sleep(seconds(7, 20));
        } finally {
            node.signal("CONT");
        }
        node.awaitHealth();
    }

    private void cut() throws InterruptedException {
        for (int i = 0; i < CUTS; i++) {
            system.database().cutConnections(random);
            Thread.sleep(seconds(0, 2));
        }
    }

    private ServerProcess oneOfThem() {
        return random.nextBoolean() ? first : second;
    }

    private long seconds(int least, int most) {
        return 1_000 * least + random.nextInt(1_000 * (most - least));
    }

    List<Fault> done() {
        synchronized (done) {
            return List.copyOf(done);
        }
    }

    /** "3 killed, 2 frozen". */
    static String count(List<Fault> faults) {
        Map<Kind, Integer> times = new EnumMap<>(Kind.class);
        faults.forEach(fault -> times.merge(fault.kind(), 1, Integer::sum));
        return times.toString().replaceAll("[{}]", "").toLowerCase(Locale.ROOT);
    }
}
