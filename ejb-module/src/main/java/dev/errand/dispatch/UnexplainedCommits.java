package dev.errand.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs whose commit has failed, and nobody says why. Payara's transaction manager makes the same SystemException of a
 * connection that was cut, which is nobody's fault, and of a constraint that is checked in the commit, which fails each time.
 * So such a run starts again, but not for ever. Thread-safe.
 */
@ApplicationScoped
public class UnexplainedCommits {
    static final int MOST_TRIES = 5;
    /** What is older is forgotten: a run that has succeeded since says nothing of it. */
    static final int MOST_RUNS = 1_000;

    private final Map<String, Integer> tries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_RUNS;
        }
    };

    /** A commit has failed. @return whether the run may start again */
    synchronized boolean mayStartAgain(String id, int run) {
        String key = id + " " + run;
        if (tries.merge(key, 1, Integer::sum) < MOST_TRIES) {
            return true;
        }
        tries.remove(key);
        return false;
    }
}
