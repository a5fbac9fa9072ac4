package dev.errand.it.client;

/**
 * The ports of servers and databases in tests. Several JVMs run test classes at the same time ("errand.it.fork" numbers them,
 * from 1), each with ports of its own.
 *
 * <p>A test class has an offset of its own, a multiple of 1,000, that it adds to the ports of its server.
 */
public final class Ports {
    /** The property with the number of the JVM. A server gets it too, for the tests that run inside. */
    public static final String FORK = "errand.it.fork";

    /** No two ports of a server have this distance, for any offset. Enough for four JVMs. */
    private static final int PER_FORK = 250;

    private static final int HTTP = 8080;

    /** The offset of the server that Arquillian uses. */
    public static final int ARQUILLIAN = 1_000;

    /** Returns a port or an offset, moved for the JVM that this is. */
    public static int of(int port) {
        return port + (Integer.parseInt(System.getProperty(FORK, "1")) - 1) * PER_FORK;
    }

    /** Returns the HTTP port of a server with this offset. */
    public static int http(int offset) {
        return of(HTTP + offset);
    }

    private Ports() {}
}
