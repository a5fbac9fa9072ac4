package dev.errand.api;

/** The health of the engine on this node. Inject it. Thread-safe; does not ask the database. */
public interface NodeHealth {
    /** Returns whether tasks run: false once tasks have been due for half a minute and none has run. */
    boolean progresses();
}
