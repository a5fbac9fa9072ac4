package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    private static final AddressRules NOTHING_ALLOWED = AddressRules.of(List.of());

    private static boolean allows(AddressRules rules, String address) throws UnknownHostException {
        return rules.allows("host.test", InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.2.3",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::10.0.0.1",
                "::8.8.8.8",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:c0a8:101::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "2a00::5efe:a00:1",
                "2a00::200:5efe:808:808"
            })
    void refusesAddressesThatAreNotPublic(String address) throws UnknownHostException {
        assertThat(allows(NOTHING_ALLOWED, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.17",
                "169.253.0.1",
                "169.255.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.0.1",
                "192.169.0.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00:1450::1",
                "3ffe::1"
            })
    void allowsThePublicInternet(String address) throws UnknownHostException {
        assertThat(allows(NOTHING_ALLOWED, address)).isTrue();
    }

    @Test
    void unwrapsMappedAddressesThatJavaKeepsAsIpv6() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        assertThat(NOTHING_ALLOWED.allows("host.test", Inet6Address.getByAddress(null, mapped, 0)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.3, 64:ff9b::10.1.2.3, true",
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.128.0.0/9, 10.128.0.1, true",
        "10.128.0.0/9, 10.127.0.1, false",
        "0.0.0.0/0, 127.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "::1, 127.0.0.1, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "host.test, 10.0.0.1, true",
        "Host.Test., 10.0.0.1, true",
        "other.test, 10.0.0.1, false",
        "test, 10.0.0.1, false"
    })
    void allowsAddressesThatTheAdministratorNames(String entry, String address, boolean allowed)
            throws UnknownHostException {
        assertThat(allows(AddressRules.of(List.of(entry)), address)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "my_service", "a", "files.example.com", "3com.example", "x-1.y2", "1e100"})
    void takesHostNames(String entry) throws UnknownHostException {
        assertThat(AddressRules.of(List.of(entry)).allows(entry.toUpperCase(), InetAddress.getByName("10.0.0.1")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "*.example.com", "http://files.test", "files.test:80", "10.0.0.300", "10.0.0", "010.0.0.1",
                "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/a", "/8", "fd00::/129", "fd00:::1",
                "fd00::1%eth0", "[::1]", "a..b", "-a.test", "host name", "host.test/8"
            })
    void refusesABadEntry(String entry) {
        assertThatThrownBy(() -> AddressRules.of(List.of("good.test", entry)))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.http.allow")
                .hasMessageContaining("\"" + entry + "\"")
                .hasMessageContaining("Allowed: ");
    }
}
