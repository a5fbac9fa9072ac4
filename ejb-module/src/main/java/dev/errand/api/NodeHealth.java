package dev.errand.api;

import java.util.List;

/**
 * The health of this node's engine and its database. Inject it. It needs no role, because it names no task and no user.
 */
public interface NodeHealth {
    /**
     * The state of one part of the engine.
     *
     * @param up false if the node needs an administrator
     * @param detail a short text for a part that works, but not as it should; null otherwise
     */
    record Check(String name, boolean up, String detail) {}

    List<Check> checks();
}
