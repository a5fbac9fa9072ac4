package dev.errand.api;

/**
 * The treatment of instants at which a schedule could not fire, because no node was at work: an instant is missed if no node has
 * looked at it within five seconds. The instants of a pause are not missed: a schedule that is resumed counts from then on.
 */
public enum Misfire {
    /** One task makes up for all that were missed: that of the last missed instant. The default. */
    ONCE,
    /** No task makes up for them. */
    SKIP,
    /**
     * Each missed instant gets its task, the newest 100 at most. Unless {@link Overlap#ALLOW} lets them run at the same time,
     * they run one after the other.
     */
    ALL
}
