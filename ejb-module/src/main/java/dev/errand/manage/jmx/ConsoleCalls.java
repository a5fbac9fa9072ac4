package dev.errand.manage.jmx;

import dev.errand.api.ErrandException;
import dev.errand.manage.CachedFigures;
import dev.errand.send.CurrentUser;
import jakarta.ejb.EJBException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls of the engine on behalf of a console. A console has none of the engine's classes, so an exception reaches it as a
 * message only.
 */
final class ConsoleCalls {
    private final CachedFigures recent;
    private final CurrentUser caller;

    ConsoleCalls(CachedFigures recent, CurrentUser caller) {
        this.recent = recent;
        this.caller = caller;
    }

    <T> T look(Function<CachedFigures.Figures, T> figure) {
        return ask(() -> figure.apply(recent.get()));
    }

    /** @param change receives the caller's name */
    <T> T change(Function<String, T> change) {
        String by = JmxCaller.name(caller);
        try {
            return ask(() -> change.apply(by));
        } finally {
            recent.forget();
        }
    }

    <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (ErrandException e) {
            throw new IllegalArgumentException(e.getMessage());
        } catch (EJBException e) {
            throw new IllegalStateException("Errand cannot answer now: " + e.getMessage());
        }
    }
}
