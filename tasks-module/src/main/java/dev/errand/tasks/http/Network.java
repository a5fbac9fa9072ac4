package dev.errand.tasks.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}; one address is a network too. Immutable.
 */
final class Network {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private final byte[] base;
    private final int prefix;

    private Network(byte[] base, int prefix) {
        this.base = base;
        this.prefix = prefix;
    }

    /** Creates a network that the JDK does not parse: it turns ::ffff:0:0 into an IPv4 address. */
    static Network of(byte[] base, int prefix) {
        return new Network(base.clone(), prefix);
    }

    /**
     * Parses a network. Never asks DNS.
     *
     * @throws IllegalArgumentException if the text is neither an address nor a network, or names an address inside a
     *     network
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] base = address(slash < 0 ? text : text.substring(0, slash));
        int bits = base.length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
        // 10.0.0.1/8 may mean one address or sixteen million; no guess is safe
        if (!Arrays.equals(base, masked(base, prefix))) {
            throw new IllegalArgumentException("has bits set behind its prefix");
        }
        return new Network(base, prefix);
    }

    boolean contains(byte[] address) {
        return address.length == base.length && Arrays.equals(base, masked(address, prefix));
    }

    private static byte[] address(String text) {
        Matcher ipv4 = IPV4.matcher(text);
        if (ipv4.matches()) {
            byte[] bytes = new byte[4];
            for (int i = 0; i < 4; i++) {
                bytes[i] = octet(ipv4.group(i + 1));
            }
            return bytes;
        }
        // with a colon in it, the JDK takes it for an address and asks no DNS
        if (text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+")) {
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("is not an IPv6 address", e);
            }
        }
        throw new IllegalArgumentException("is not an IP address");
    }

    private static byte octet(String text) {
        int number = Integer.parseInt(text);
        // a leading zero means octal to some parsers and decimal to others
        if (number > 255 || text.length() > 1 && text.startsWith("0")) {
            throw new IllegalArgumentException("is not an IPv4 address");
        }
        return (byte) number;
    }

    private static int prefix(String text, int bits) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException("has no prefix from 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - i * 8));
            masked[i] = (byte) (address[i] & (0xFF << (8 - kept)));
        }
        return masked;
    }
}
