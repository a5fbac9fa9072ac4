package dev.errand.tasks.data;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A set of values that were seen, by a hash of 128 bits, so that a million values take 48 MB at most. The hash has a random
 * start, so that no file can be made whose different values look equal. For one thread.
 */
final class UniqueValues {
    private static final int FIRST = 1 << 10;

    private final long seedA = ThreadLocalRandom.current().nextLong() | 1;
    private final long seedB = ThreadLocalRandom.current().nextLong() | 1;
    private long[] table = new long[2 * FIRST];
    private int size;

    /**
     * Adds a value.
     *
     * @return whether it is new
     */
    boolean add(String value) {
        long a = seedA;
        long b = seedB;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            a = mix(a ^ c) + seedB;
            b = mix(b + c) ^ seedA;
        }
        // 0 and 0 is an empty place
        return insert(a, b == 0 ? 1 : b);
    }

    /** Mixes the bits, as SplitMix64 does. */
    private static long mix(long x) {
        long y = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }

    private boolean insert(long a, long b) {
        int places = table.length / 2;
        int at = (int) (a & (places - 1));
        while (table[2 * at + 1] != 0) {
            if (table[2 * at] == a && table[2 * at + 1] == b) {
                return false;
            }
            at = (at + 1) & (places - 1);
        }
        table[2 * at] = a;
        table[2 * at + 1] = b;
        size++;
        if (size > places / 3 * 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        size = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                insert(old[i], old[i + 1]);
            }
        }
    }
}
