package dev.errand.it;

import java.util.Random;

/** The random choices of a test. Its text is the seed, for the message of a failure; errand.it.seed repeats the choices. */
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
