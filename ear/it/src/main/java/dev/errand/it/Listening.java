package dev.errand.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports that a process listens at, as Linux tells them. */
final class Listening {
    private static final String LISTEN = "0A";

    /** IPv4, alone and within IPv6, has its bytes in reverse: the last two digits are the first byte. */
    private static final String LOOPBACK_4 = "(0{16}F{4}0{4})?[0-9A-F]{6}7F";

    private static final String LOOPBACK_6 = "0{24}01000000";

    /** @return those that others can reach, whatever the address */
    static Set<Integer> forOthers(ProcessHandle process) throws IOException {
        return ports(process, false);
    }

    static Set<Integer> onThisMachineOnly(ProcessHandle process) throws IOException {
        return ports(process, true);
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
