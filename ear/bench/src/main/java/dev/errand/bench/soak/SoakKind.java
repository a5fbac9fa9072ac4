package dev.errand.bench.soak;

import dev.errand.it.AppClient;
import dev.errand.it.app.ScriptedOutside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The work of the tasks of a {@link Soak}, and the end that each must have. */
enum SoakKind {
    /** Alone in a transaction, because it is too long to share one. */
    ALONE(30, "SUCCESS", 0, AppClient.script("it.scripted", "sleep 10")),
    SHARED(35, "SUCCESS", 0, AppClient.script("it.sharing", "write")),
    /** Outside a transaction, for three seconds. */
    LONG(5, "SUCCESS", 0, AppClient.script("it.outside", "sleep 3000")),
    /** The handler asks for a retry. */
    ASKED(8, "SUCCESS", 1, AppClient.script("it.scripted", "retry PT2S", "ok")),
    /** The policy retries it. */
    RETRIED(8, "SUCCESS", 1, AppClient.script("it.policy", "io", "ok")),
    /** As often as the policy allows, in vain. */
    FAILED(2, "FAILURE", 2, AppClient.script("it.policy", "io")),
    COUNTDOWN(12, "SUCCESS", 0, AppClient.script("it.sharing", "write")),
    /** Thousands that are due at one moment: sent in one transaction, by the application. */
    BURST(0, "SUCCESS", 0, AppClient.script("it.sharing", "write"));

    static final String BURST_QUEUE = "burst-";
    private static final String ID = "soak-";
    private static final int LONGEST_COUNTDOWN = 60;

    /** Of a hundred; spread evenly, so that each second has its share. */
    private static final List<SoakKind> HUNDRED = hundred();

    private final int share;
    private final String state;
    private final int retries;
    private final Map<String, Object> body;

    SoakKind(int share, String state, int retries, Map<String, Object> body) {
        this.share = share;
        this.state = state;
        this.retries = retries;
        this.body = body;
    }

    private static List<SoakKind> hundred() {
        List<SoakKind> kinds = new ArrayList<>();
        int[] had = new int[values().length];
        while (kinds.size() < 100) {
            SoakKind most = ALONE;
            for (SoakKind kind : values()) {
                if (kind.owed(kinds.size(), had) > most.owed(kinds.size(), had)) {
                    most = kind;
                }
            }
            had[most.ordinal()]++;
            kinds.add(most);
        }
        return kinds;
    }

    private int owed(int soFar, int[] had) {
        return share * (soFar + 1) - 100 * had[ordinal()];
    }

    static SoakKind ofNumber(long number) {
        return HUNDRED.get((int) (number % HUNDRED.size()));
    }

    static SoakKind of(String id, String queue) {
        return queue.startsWith(BURST_QUEUE) ? BURST : valueOf(id.split("-")[1]);
    }

    String id(long number) {
        return ID + name() + "-" + number;
    }

    /** Returns the task to send. */
    Map<String, Object> task(long number) {
        Map<String, Object> task = new HashMap<>(body);
        task.put("id", id(number));
        if (this == COUNTDOWN) {
            task.put("countdown", 1 + number % LONGEST_COUNTDOWN);
        }
        return task;
    }

    /** Whether it tells how long tasks wait: the time to the last run of one that was retried is none, and a burst waits for itself. */
    boolean isTimed() {
        return retries == 0 && this != BURST;
    }

    /** Returns whether it has ended as it should. A handler outside a transaction may leave the writes of a run that failed. */
    boolean hasEndedWell(String state, int retries, String error) {
        boolean ownStatementFailed =
                this == LONG && state.equals("FAILURE") && retries == 0 && error.contains(ScriptedOutside.OWN_FAILURE);
        return ownStatementFailed || state.equals(this.state) && retries == this.retries;
    }

    /** Returns whether the right rows are written: once by the run that succeeded, if it ran in a transaction; otherwise at least once. */
    boolean hasWrittenWell(String state, List<String> notes) {
        return switch (this) {
            case ALONE -> notes.equals(List.of("run 0"));
            case SHARED, COUNTDOWN, BURST -> notes.equals(List.of("done"));
            case ASKED, RETRIED -> notes.equals(List.of("run 1"));
            case FAILED -> notes.isEmpty();
            case LONG -> notes.stream().allMatch("run 0"::equals) && (state.equals("FAILURE") || !notes.isEmpty());
        };
    }
}
