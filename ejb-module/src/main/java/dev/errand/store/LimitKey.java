package dev.errand.store;

/**
 * One limit for one key.
 *
 * @param key the value that has a limit of its own; empty if the limit has no key, or the argument lacks the value
 */
public record LimitKey(String name, String key) implements Comparable<LimitKey> {
    @Override
    public int compareTo(LimitKey other) {
        int names = name.compareTo(other.name);
        return names == 0 ? key.compareTo(other.key) : names;
    }

    @Override
    public String toString() {
        return key.isEmpty() ? name : name + "[" + key + "]";
    }
}
