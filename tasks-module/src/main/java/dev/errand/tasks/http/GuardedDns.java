package dev.errand.tasks.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Returns only allowed addresses to the HTTP client. The client connects to exactly these, so a host name that changes
 * its address between the check and the connection (DNS rebinding) has no effect.
 */
final class GuardedDns implements DnsResolver {
    private final AddressRules rules;
    private final DnsResolver dns;

    GuardedDns(AddressRules rules, DnsResolver dns) {
        this.rules = rules;
        this.dns = dns;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = dns.resolve(host);
        if (all == null || all.length == 0) {
            throw new UnknownHostException(host);
        }
        InetAddress[] allowed =
                Stream.of(all).filter(address -> rules.allows(host, address)).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new RefusedAddressException("Refused to call " + host + ": its address " + all[0].getHostAddress()
                    + " is not on the public internet. If tasks must reach it, an administrator adds the host or the"
                    + " network to errand.http.allow.");
        }
        return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
