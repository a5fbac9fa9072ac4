package dev.errand.docs.quartz;

import java.io.IOException;

/** The work of the examples. */
final class Invoices {
    private Invoices() {}

    static void write(String order) throws IOException {
        if (order.isEmpty()) {
            throw new IOException("No order");
        }
    }
}
