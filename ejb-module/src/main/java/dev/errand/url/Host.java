package dev.errand.url;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Hosts of addresses: names in ASCII letters, and IP addresses, in the one form that all programs read alike. Pure. */
public final class Host {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern DOTTED_DECIMAL = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** The notations of IPv6 that are accepted. The JDK would take more, for example a zone. */
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:]*(:" + OCTET + "(\\." + OCTET + "){3})?");

    /** Characters that end the host or have a meaning in an address. */
    private static final String FORBIDDEN = "#/:<>?@[\\]^|%";

    /**
     * The largest number of characters that is examined. With four bytes per letter and three characters per encoded byte,
     * the longest name is shorter.
     */
    private static final int LONGEST_TEXT = 4_000;

    private static final int LONGEST_NAME = 253;
    static final int LONGEST_LABEL = 63;

    private Host() {}

    /**
     * Returns the canonical form: a name in lower case with its labels in ASCII letters ({@code xn--…}), an IPv4 address, or
     * an IPv6 address in brackets.
     *
     * @throws InvalidAddressException if the text is none of them
     */
    public static String of(String text) {
        if (text.startsWith("[")) {
            return "[" + ipv6(text) + "]";
        }
        if (text.length() > LONGEST_TEXT) {
            throw tooLong();
        }
        String name = DomainName.toAscii(PercentEncoding.decode(text));
        if (name.isEmpty()) {
            throw new InvalidAddressException("It has no host. Use http://host/…");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7F || FORBIDDEN.indexOf(c) >= 0) {
                throw new InvalidAddressException("Its host has a character that no host can have"
                        + (c > ' ' && c < 0x7F ? ": " + c : c == ' ' ? ": a blank" : "") + ".");
            }
        }
        return endsInNumber(name) ? ipv4(name) : checked(name);
    }

    /** Returns whether the last part is a number. Browsers take such a host for an IPv4 address, so it must be one. */
    private static boolean endsInNumber(String name) {
        String inner = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return NUMBER.matcher(inner.substring(inner.lastIndexOf('.') + 1)).matches();
    }

    private static String ipv4(String name) {
        String address = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!DOTTED_DECIMAL.matcher(address).matches()) {
            throw new InvalidAddressException("Its host is a number in a notation that programs read in different ways."
                    + " Write an IPv4 address as four decimal numbers from 0 to 255, without leading zeros: 192.0.2.1");
        }
        return address;
    }

    private static String checked(String name) {
        String inner = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (inner.length() > LONGEST_NAME) {
            throw tooLong();
        }
        for (String label : inner.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                throw new InvalidAddressException("Its host has a part between dots that is empty or longer than "
                        + LONGEST_LABEL + " characters.");
            }
        }
        return name;
    }

    private static InvalidAddressException tooLong() {
        return new InvalidAddressException("Its host is longer than " + LONGEST_NAME + " characters.");
    }

    private static String ipv6(String text) {
        String inner = text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        if (!IPV6.matcher(inner).matches()) {
            throw new InvalidAddressException("Its host is not an IPv6 address in brackets: [2001:db8::1]");
        }
        try {
            // with a colon in the text, the JDK parses it as an address and asks no DNS
            return shortest(InetAddress.getByName(inner).getAddress());
        } catch (UnknownHostException e) {
            throw new InvalidAddressException("Its host is not an IPv6 address in brackets: [2001:db8::1]");
        }
    }

    /** Returns the address without its longest run of zeros, as RFC 5952 defines. */
    private static String shortest(byte[] address) {
        byte[] bytes = address;
        if (address.length == 4) {
            // the JDK turns ::ffff:1.2.3.4 into an IPv4 address
            bytes = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, address[0], address[1], address[2], address[3]};
        }
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 2) {
            pieces.add(Integer.toHexString((bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF));
        }
        int begin = 0;
        int length = 1;
        for (int i = 0; i < pieces.size(); i++) {
            int end = i;
            while (end < pieces.size() && pieces.get(end).equals("0")) {
                end++;
            }
            if (end - i > length) {
                begin = i;
                length = end - i;
            }
        }
        if (length == 1) {
            return String.join(":", pieces).toLowerCase(Locale.ROOT);
        }
        return String.join(":", pieces.subList(0, begin)) + "::"
                + String.join(":", pieces.subList(begin + length, pieces.size()));
    }
}
