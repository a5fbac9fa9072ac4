package dev.errand.tasks.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distinguishes addresses of the public internet from all others, by IANA's registries of special-purpose addresses.
 * Pure.
 */
final class PublicAddresses {
    private static final List<Network> NOT_PUBLIC = networks(
            "0.0.0.0/8", // this host
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by a provider's customers (CGNAT)
            "127.0.0.0/8", // loopback
            "168.63.129.16", // Azure's services for the virtual machine itself
            "169.254.0.0/16", // link-local, including the clouds' metadata services
            "172.16.0.0/12", // private
            "192.0.0.0/24", // IETF protocols
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // IETF protocols, including Teredo tunnels
            "2001:db8::/32", // documentation
            "3fff::/20"); // documentation

    /** All assigned IPv6 unicast addresses; loopback, link-local, unique-local, multicast and the rest lie outside. */
    private static final Network IPV6_UNICAST = Network.parse("2000::/3");

    private static final Network IPV4_MAPPED = mapped();
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

    private PublicAddresses() {}

    /**
     * Returns whether this address belongs to the public internet. An address that leads to an IPv4 address is judged
     * by that.
     */
    static boolean contains(byte[] address) {
        byte[] target = target(address);
        return (target.length == 4 || IPV6_UNICAST.contains(target))
                && !isatap(target)
                && NOT_PUBLIC.stream().noneMatch(network -> network.contains(target));
    }

    /** Returns the IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4), otherwise the address itself. */
    static byte[] target(byte[] address) {
        if (IPV4_MAPPED.contains(address) || NAT64.contains(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        return SIX_TO_FOUR.contains(address) ? Arrays.copyOfRange(address, 2, 6) : address;
    }

    /**
     * Returns whether the address is an ISATAP tunnel, which ends at an IPv4 address inside the own site (RFC 5214).
     */
    private static boolean isatap(byte[] address) {
        return address.length == 16
                && (address[8] & 0xFD) == 0
                && address[9] == 0
                && address[10] == 0x5E
                && address[11] == (byte) 0xFE;
    }

    private static Network mapped() {
        byte[] base = new byte[16];
        base[10] = (byte) 0xFF;
        base[11] = (byte) 0xFF;
        return Network.of(base, 96);
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).toList();
    }
}
