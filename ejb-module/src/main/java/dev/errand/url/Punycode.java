package dev.errand.url;

/** Unicode letters written in ASCII letters, as RFC 3492 defines. Pure. */
final class Punycode {
    private static final int BASE = 36;
    private static final int FIRST_THRESHOLD = 1;
    private static final int LAST_THRESHOLD = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;

    private Punycode() {}

    /** @param label a label of a host name; the longest one that DNS allows is far too short for an overflow */
    static String encode(String label) {
        int[] letters = label.codePoints().toArray();
        StringBuilder encoded = new StringBuilder();
        for (int letter : letters) {
            if (letter < 0x80) {
                encoded.append((char) letter);
            }
        }
        int basic = encoded.length();
        if (basic > 0) {
            encoded.append('-');
        }
        int next = 0x80;
        long delta = 0;
        int bias = 72;
        int done = basic;
        while (done < letters.length) {
            int lowest = Integer.MAX_VALUE;
            for (int letter : letters) {
                if (letter >= next && letter < lowest) {
                    lowest = letter;
                }
            }
            delta += (long) (lowest - next) * (done + 1);
            next = lowest;
            for (int letter : letters) {
                if (letter < next) {
                    delta++;
                } else if (letter == next) {
                    append(encoded, delta, bias);
                    bias = adapted(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, long delta, int bias) {
        long rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(FIRST_THRESHOLD, Math.min(LAST_THRESHOLD, k - bias));
            if (rest < threshold) {
                encoded.append(digit((int) rest));
                return;
            }
            encoded.append(digit((int) (threshold + (rest - threshold) % (BASE - threshold))));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapted(long delta, int count, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - FIRST_THRESHOLD) * LAST_THRESHOLD / 2) {
            rest /= BASE - FIRST_THRESHOLD;
            k += BASE;
        }
        return (int) (k + (BASE - FIRST_THRESHOLD + 1) * rest / (rest + SKEW));
    }
}
