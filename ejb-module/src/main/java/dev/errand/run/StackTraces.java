package dev.errand.run;

import dev.errand.json.Secrets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Stack traces for readers. They omit the frames of the server, which are two thirds of a trace and would displace the
 * cause from the stored part. Pure.
 */
final class StackTraces {
    private static final List<String> SERVER = List.of(
            "org.jboss.",
            "org.wildfly.",
            "org.apache.activemq.",
            "org.glassfish.",
            "fish.payara.",
            "com.sun.",
            "sun.",
            "jdk.internal.",
            "java.lang.reflect.",
            "java.lang.invoke.");

    /**
     * The package of the frames at which a trace ends: the calls below them lead to the handler, and are always the
     * same.
     */
    private static final String ENGINE = "dev.errand.run.";

    private StackTraces() {}

    static String text(Throwable error, int maxChars, Secrets secrets) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        append(text, "", "", error, seen, maxChars, secrets);
        if (text.length() > maxChars) {
            text.setLength(maxChars);
            text.append("\n… cut");
        }
        return text.toString();
    }

    private static void append(
            StringBuilder text,
            String indent,
            String title,
            Throwable error,
            Set<Throwable> seen,
            int maxChars,
            Secrets secrets) {
        if (!seen.add(error) || text.length() > maxChars) {
            return;
        }
        text.append(indent)
                .append(title)
                .append(ErrorReport.line(error, secrets))
                .append('\n');
        int left = 0;
        for (StackTraceElement frame : error.getStackTrace()) {
            if (text.length() > maxChars) {
                return;
            }
            if (frame.getClassName().startsWith(ENGINE)) {
                break;
            }
            if (SERVER.stream().anyMatch(frame.getClassName()::startsWith)) {
                left++;
            } else {
                left = appendLeft(text, indent, left);
                text.append(indent).append("\tat ").append(place(frame)).append('\n');
            }
        }
        appendLeft(text, indent, left);
        for (Throwable suppressed : error.getSuppressed()) {
            append(text, indent + "\t", "Suppressed: ", suppressed, seen, maxChars, secrets);
        }
        if (error.getCause() != null) {
            append(text, indent, "Caused by: ", error.getCause(), seen, maxChars, secrets);
        }
    }

    /** Returns the place of a frame without the module, which is the EAR in each frame. */
    private static String place(StackTraceElement frame) {
        String line = frame.getFileName() == null ? "" : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
        return frame.getClassName() + "." + frame.getMethodName() + line;
    }

    private static int appendLeft(StringBuilder text, String indent, int left) {
        if (left > 0) {
            text.append(indent).append("\t… ").append(left).append(" of the server\n");
        }
        return 0;
    }
}
