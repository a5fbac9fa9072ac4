package dev.errand.store;

import java.util.regex.Pattern;

/**
 * The rules for ids and names in the tables. Names that break them need no search: PostgreSQL answers a NUL with an
 * error.
 */
public final class Names {
    private static final Pattern POSSIBLE = Pattern.compile("[!-~]{1,255}");

    private Names() {}

    public static boolean possible(String name) {
        return POSSIBLE.matcher(name).matches();
    }
}
