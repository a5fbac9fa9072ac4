package dev.errand.store.database;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The exceptions inside an exception: its causes, and its suppressed exceptions, where transaction managers hide a
 * commit's error.
 */
public final class Causes {
    /** The deepest level that is visited. It exceeds any real chain, and ends a chain with a circle. */
    private static final int MAX_DEPTH = 20;

    private Causes() {}

    /** Returns whether {@code error}, one of its causes or one of their suppressed exceptions passes the test. */
    public static boolean any(Throwable error, Predicate<Throwable> test) {
        return of(error).anyMatch(test);
    }

    /** Returns the first exception of this type, outermost first. */
    public static <T> Optional<T> first(Throwable error, Class<T> type) {
        return of(error).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Returns {@code error} and all exceptions inside it, outermost first; nothing for null. */
    public static Stream<Throwable> of(Throwable error) {
        return of(error, MAX_DEPTH);
    }

    private static Stream<Throwable> of(Throwable error, int depth) {
        if (error == null || depth == 0) {
            return Stream.empty();
        }
        return Stream.of(
                        Stream.of(error),
                        of(error.getCause(), depth - 1),
                        Arrays.stream(error.getSuppressed()).flatMap(suppressed -> of(suppressed, depth - 1)))
                .flatMap(part -> part);
    }
}
