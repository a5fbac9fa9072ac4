package dev.errand.log;

import org.slf4j.MDC;

/**
 * The logging context of a run: the task's name and id, under "task" and "id" in SLF4J's MDC, so that each line that the
 * handler logs can show them. On WildFly that is the MDC of the server's log, whichever library the handler logs with. On a
 * server without one it is the MDC of the SLF4J provider in the application, if there is one. For the thread that opens it.
 */
public final class LogContext implements AutoCloseable {
    private static final String TASK = "task";
    private static final String ID = "id";

    private final String outerTask = MDC.get(TASK);
    private final String outerId = MDC.get(ID);

    private LogContext() {}

    /** Adds the task to this thread's logging context, until the context is closed. */
    public static LogContext of(String task, String id) {
        LogContext context = new LogContext();
        MDC.put(TASK, task);
        MDC.put(ID, id);
        return context;
    }

    @Override
    public void close() {
        restore(TASK, outerTask);
        restore(ID, outerId);
    }

    private static void restore(String key, String outer) {
        if (outer == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, outer);
        }
    }
}
