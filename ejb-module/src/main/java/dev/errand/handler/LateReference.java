package dev.errand.handler;

import java.util.function.Supplier;

/**
 * A reference to a handler's bean, resolved on first use: Open Liberty has none for a module that has not started.
 * Thread-safe.
 */
final class LateReference<T> implements Supplier<T> {
    private final Supplier<T> source;
    private T reference;

    LateReference(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        if (reference == null) {
            reference = source.get();
        }
        return reference;
    }
}
