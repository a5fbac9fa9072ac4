package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedDnsTest {

    private static GuardedDns dns(String... addresses) {
        return new GuardedDns(AddressRules.of(List.of("10.1.1.1", "free.test")), new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] all = new InetAddress[addresses.length];
                for (int i = 0; i < all.length; i++) {
                    all[i] = InetAddress.getByName(addresses[i]);
                }
                return all;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
    }

    @Test
    void refusesAHostAtAPrivateAddress() {
        assertThatThrownBy(() -> dns("10.0.0.1").resolve("a.test"))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining("a.test")
                .hasMessageContaining("10.0.0.1")
                .hasMessageContaining("errand.http.allow");
    }

    @Test
    void hidesThePrivateAddressesOfAHost() throws UnknownHostException {
        assertThat(dns("10.0.0.1", "8.8.8.8", "10.1.1.1", "::1").resolve("a.test"))
                .containsExactly(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.1.1.1"));
    }

    @Test
    void letsAnAllowedHostBeAnywhere() throws UnknownHostException {
        assertThat(dns("10.0.0.1").resolve("free.test", 80)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433", "127.1", "::1", "::ffff:127.0.0.1"})
    void refusesLoopbackHoweverItIsWritten(String host) {
        GuardedDns dns = new GuardedDns(AddressRules.of(List.of()), SystemDefaultDnsResolver.INSTANCE);
        assertThatThrownBy(() -> dns.resolve(host)).isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void takesNoAddressForNoHost() {
        assertThatThrownBy(() -> dns().resolve("a.test")).isInstanceOf(UnknownHostException.class);
    }
}
