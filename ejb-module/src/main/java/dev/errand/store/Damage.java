package dev.errand.store;

/**
 * A task whose row and indexes disagree.
 *
 * @param state the state in the row
 * @param indexed the state in the index, which is the last one committed; null if the index has none
 */
public record Damage(String id, String task, String state, String indexed) {
    @Override
    public String toString() {
        return "%s[%s]: the row says %s, the index says %s".formatted(task, id, state, indexed);
    }
}
