package dev.errand.docs.batch;

import java.util.List;
import java.util.logging.Logger;

/** The work of the examples. */
final class Lines {
    private static final Logger LOG = Logger.getLogger(Lines.class.getName());

    private Lines() {}

    static List<String> of(String file) {
        return List.of(file);
    }

    static void save(String line) {
        LOG.fine(line);
    }
}
