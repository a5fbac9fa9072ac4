package dev.errand.tasks.http;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.url.Host;
import dev.errand.url.InvalidAddressException;
import dev.errand.url.UserInfo;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for the machines that tasks may call: all of the public internet, and of the rest (loopback, link-local,
 * private networks, and every address that leads to one) only those that {@code errand.http.allow} names. Otherwise any
 * sender of a task could use it to reach the administrator's own services. Immutable, pure; asks no DNS.
 */
public final class AddressRules {
    private static final String KEY = "errand.http.allow";
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

    /**
     * A host name. Its last label has a letter: otherwise a mistyped address would look like a name that never matches.
     */
    private static final String HOST_NAME = "(?=.{1,253}$)(" + LABEL + "\\.)*(?=[0-9_-]*[a-z])" + LABEL;

    private final Set<String> hosts;
    private final List<Network> networks;

    private AddressRules(Set<String> hosts, List<Network> networks) {
        this.hosts = Set.copyOf(hosts);
        this.networks = List.copyOf(networks);
    }

    /**
     * Reads the rules.
     *
     * @param allow host names, IP addresses and networks ("10.1.0.0/16")
     * @throws InvalidDeploymentException naming the key, the entry and the values that are allowed
     */
    public static AddressRules of(List<String> allow) {
        Set<String> hosts = new HashSet<>();
        List<Network> networks = new ArrayList<>();
        for (String entry : allow) {
            String text = entry.trim();
            Optional<String> name = name(text);
            if (name.isPresent()) {
                hosts.add(name.get());
            } else {
                networks.add(network(text));
            }
        }
        return new AddressRules(hosts, networks);
    }

    /** Returns whether a task that names this host may connect to this address, which is one of the host's. */
    public boolean allows(String host, InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] target = PublicAddresses.target(bytes);
        return PublicAddresses.contains(bytes)
                || hosts.contains(canonical(host))
                || networks.stream().anyMatch(network -> network.contains(bytes) || network.contains(target));
    }

    /** Returns a host's name as it is in a parsed address; empty if the text is no host name. */
    private static Optional<String> name(String text) {
        try {
            return Optional.of(canonical(Host.of(text))).filter(name -> name.matches(HOST_NAME));
        } catch (InvalidAddressException e) {
            // it is a network, or a mistake that is reported later
            return Optional.empty();
        }
    }

    private static String canonical(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidDeploymentException(
                    "The configuration key " + KEY + " has the entry \"" + UserInfo.masked(text)
                            + "\". Allowed: a list, with commas, of host"
                            + " names (files.example.com, no port, no wildcard), IP addresses (10.1.2.3, fd00::1) and"
                            + " networks (10.1.0.0/16, fd00::/8), whose bits behind the prefix are 0.",
                    e);
        }
    }
}
