package dev.errand.docs.timers;

/** The work of the examples. */
final class Mails {
    private Mails() {}

    static void send(String address) {
        if (address.isEmpty()) {
            throw new IllegalArgumentException("No address");
        }
    }
}
