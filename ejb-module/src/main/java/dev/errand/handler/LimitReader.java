package dev.errand.handler;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.Limit;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reader of the limits of a handler's class. It refuses an error with class, module and fix. Pure. */
public final class LimitReader {
    /** The largest concurrency. */
    public static final int MOST_CONCURRENCY = 10_000;

    private static final int MOST_BURST = 1_000_000;

    private LimitReader() {}

    /**
     * Returns the limits, by name: runs take their places in this order, so that no two wait for each other.
     *
     * @throws InvalidDeploymentException if a value is wrong
     */
    static List<LimitRule> read(AnnotatedType<?> type, Handler handler) {
        String where = HandlerReader.where(type.getJavaClass());
        List<LimitRule> rules = type.getAnnotations(Limit.class).stream()
                .map(limit -> read(limit, handler, where))
                .sorted(Comparator.comparing(LimitRule::name))
                .toList();
        Set<String> names = new HashSet<>();
        for (LimitRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new InvalidDeploymentException(where + ": two @Limit have the name \"" + rule.name()
                        + "\". Give each a name of its own, or write rate and concurrency in one.");
            }
        }
        return rules;
    }

    private static LimitRule read(Limit limit, Handler handler, String where) {
        if (limit.rate().isEmpty() && limit.concurrency() == 0) {
            throw wrong(where, "limits nothing", "rate = \"100/m\", concurrency = 5, or both");
        }
        if (limit.concurrency() < 0 || limit.concurrency() > MOST_CONCURRENCY) {
            throw wrong(where, "has concurrency = " + limit.concurrency(), "1 to " + MOST_CONCURRENCY);
        }
        if (limit.burst() < 0
                || limit.burst() > MOST_BURST
                || limit.burst() > 0 && limit.rate().isEmpty()) {
            throw wrong(where, "has burst = " + limit.burst(), "1 to " + MOST_BURST + ", together with a rate");
        }
        return new LimitRule(
                name(limit, handler, where),
                pointer(limit, where),
                rate(limit, where),
                limit.burst(),
                limit.concurrency());
    }

    private static String name(Limit limit, Handler handler, String where) {
        String name = limit.name().isEmpty() ? handler.task() : limit.name();
        if (name.length() > 255 || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw wrong(where, "has name = \"" + name + "\"", "1 to 255 visible ASCII characters without blanks");
        }
        return name;
    }

    private static String pointer(Limit limit, String where) {
        if (!limit.by().isEmpty() && !isPointer(limit.by())) {
            throw wrong(
                    where,
                    "has by = \"" + limit.by() + "\", which is not a JSON pointer",
                    "a path into the argument that begins with a slash, such as \"/customer\" or \"/order/customer\"");
        }
        return limit.by();
    }

    private static boolean isPointer(String text) {
        // ~ stands only for itself (~0) and for a slash (~1)
        return text.startsWith("/") && !text.matches(".*~(?![01]).*");
    }

    private static Rate rate(Limit limit, String where) {
        if (limit.rate().isEmpty()) {
            return null;
        }
        try {
            return Rate.of(limit.rate());
        } catch (IllegalArgumentException e) {
            throw wrong(where, "has rate = \"" + limit.rate() + "\"", Rate.ALLOWED);
        }
    }

    private static InvalidDeploymentException wrong(String where, String problem, String allowed) {
        return new InvalidDeploymentException(where + ": @Limit " + problem + ". Use " + allowed + ".");
    }
}
