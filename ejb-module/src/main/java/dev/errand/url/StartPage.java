package dev.errand.url;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The place of the start page in this application, which only its web module knows. Thread-safe. */
@ApplicationScoped
public class StartPage {
    private volatile String path;

    /** Sets the path, with the context root: it begins and ends with a slash. */
    public void isAt(String path) {
        this.path = path;
    }

    /** Returns the path; empty before the web module has started, and in an application without one. */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }
}
