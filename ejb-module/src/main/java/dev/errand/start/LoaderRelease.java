package dev.errand.start;

import java.util.Map;
import java.util.ResourceBundle;

/**
 * The end of what libraries keep of an application that is undeployed. Without it, the application's class loader, and with
 * it all of its classes, stays in memory for as long as the server runs.
 */
final class LoaderRelease {
    private static final String IDLE_WORKER = "java.util.concurrent.ThreadPoolExecutor";

    private LoaderRelease() {}

    /**
     * Releases the class loader: texts of messages that the JDK has cached for it, and idle threads of the JDK's pools.
     * A thread inherits the class loader of the caller that needed it first. One of these pools, which writes the files
     * of an H2 database with {@code async:} in its URL, is shared by all applications and never ends.
     */
    static void of(ClassLoader loader) {
        ResourceBundle.clearCache(loader);
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            if (thread.getKey().getContextClassLoader() == loader && idles(thread.getValue())) {
                thread.getKey().setContextClassLoader(ClassLoader.getSystemClassLoader());
            }
        }
    }

    /** Returns true for a worker that waits for its next task: it runs no code that could miss the class loader. */
    private static boolean idles(StackTraceElement... stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(IDLE_WORKER)
                    && frame.getMethodName().equals("getTask")) {
                return true;
            }
        }
        return false;
    }
}
