package dev.errand.store;

/**
 * A task whose row and indexes disagree.
 *
 * @param state of the row
 * @param indexed the state that the index has, which is the one that was committed last; null if the index has none
 */
public record Damage(String id, String task, String state, String indexed) {
    @Override
    public String toString() {
        return "%s[%s]: the row says %s, the index says %s".formatted(task, id, state, indexed);
    }
}
