package dev.errand.store;

import java.util.regex.Pattern;

/** What ids and names in the tables are made of. Others need not be looked for: PostgreSQL answers to a NUL with an error. */
final class Names {
    private static final Pattern POSSIBLE = Pattern.compile("[!-~]{1,255}");

    private Names() {}

    static boolean possible(String name) {
        return POSSIBLE.matcher(name).matches();
    }
}
