package dev.errand.it;

import java.util.Random;

/** What a test leaves to chance. It tells its seed, to be said when the test fails; errand.it.seed repeats it. */
public final class Chance extends Random {
    private static final long serialVersionUID = 1;

    private final long seed;

    public Chance() {
        this(Long.getLong("errand.it.seed", System.nanoTime()));
    }

    private Chance(long seed) {
        super(seed);
        this.seed = seed;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
