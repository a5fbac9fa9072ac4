package dev.errand.handler;

import java.util.function.Supplier;

/** A handler's bean, asked for when its first task runs: of a module that has not started Open Liberty gives none. Thread-safe. */
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
