package dev.errand.it.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports that a process listens at, as Linux tells them. */
public final class Listening {
    private static final String LISTEN = "0A";

    /** IPv4, alone and within IPv6, has its bytes in reverse: the last two digits are the first byte. */
    private static final String LOOPBACK_4 = "(0{16}F{4}0{4})?[0-9A-F]{6}7F";

    private static final String LOOPBACK_6 = "0{24}01000000";

    /** @return those that others can reach, whatever the address */
    public static Set<Integer> forOthers(ProcessHandle process) throws IOException {
        return ports(process, false);
    }

    public static Set<Integer> onThisMachineOnly(ProcessHandle process) throws IOException {
        return ports(process, true);
    }

    /**
     * Checks that a port is free, before a server of a test needs it: the server itself says so late, and in many words.
     *
     * @throws AssertionError naming the port and, where it can be seen, the process that has it
     */
    public static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new AssertionError(
                    "Port " + port + ", which this test needs, is taken by " + holder(port)
                            + ". End it, and try again.",
                    e);
        }
    }

    private static String holder(int port) {
        return ProcessHandle.allProcesses()
                .filter(process -> listens(process, port))
                .findFirst()
                .map(process -> "process " + process.pid() + ", "
                        + process.info().command().orElse("of another user"))
                .orElse("a process of another user");
    }

    private static boolean listens(ProcessHandle process, int port) {
        try {
            return ports(process, true).contains(port) || ports(process, false).contains(port);
        } catch (IOException e) {
            // it has ended meanwhile, or is another user's
            return false;
        }
    }

    private static Set<Integer> ports(ProcessHandle process, boolean loopback) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        Set<String> sockets = sockets(proc.resolve("fd"));
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(proc.resolve("net").resolve(table))) {
                // number, local address, remote address, state, … , inode
                String[] columns = line.trim().split("\\s+");
                if (columns[3].equals(LISTEN) && sockets.contains("socket:[" + columns[9] + "]")) {
                    String[] local = columns[1].split(":");
                    if (loopback == (local[0].matches(LOOPBACK_4) || local[0].matches(LOOPBACK_6))) {
                        ports.add(Integer.parseInt(local[1], 16));
                    }
                }
            }
        }
        return ports;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                // one may be closed meanwhile
                if (Files.isSymbolicLink(link)) {
                    sockets.add(Files.readSymbolicLink(link).toString());
                }
            }
        }
        return sockets;
    }

    private Listening() {}
}
