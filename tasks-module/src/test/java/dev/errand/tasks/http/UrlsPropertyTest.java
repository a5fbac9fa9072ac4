package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import dev.errand.url.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;

class UrlsPropertyTest {
    private static final GuardedDns DNS = new GuardedDns(AddressRules.of(List.of()), SystemDefaultDnsResolver.INSTANCE);

    @Property
    void anyTextIsAnAddressThatCanBeCalledOrIsRefused(@ForAll("texts") String text) {
        try {
            WebAddress url = Urls.check(text);

            assertThat(url.scheme() + "://" + authority(url)).isEqualTo(url.origin());
            assertThat(Urls.shown(url)).hasSizeLessThan(310).doesNotContainPattern("\\p{Cntrl}");
        } catch (BadArgumentException e) {
            assertThat(e).hasMessageContaining("url");
        }
    }

    /** For each spelling that other software may read as an address: Errand refuses it, or judges the address. */
    @Property
    void noSpellingOfAnAddressGetsRoundTheRules(@ForAll("spellings") String host) {
        WebAddress url;
        try {
            url = Urls.check("http://" + host + "/");
        } catch (BadArgumentException e) {
            return;
        }
        try {
            for (InetAddress address : DNS.resolve(Urls.dnsName(url))) {
                assertThat(address)
                        .matches(one -> !one.isLoopbackAddress() && !one.isAnyLocalAddress())
                        .matches(one -> !one.isSiteLocalAddress() && !one.isLinkLocalAddress());
            }
        } catch (RefusedAddressException | UnknownHostException e) {
            // so it is not called
        }
    }

    private static String authority(WebAddress url) {
        HttpGet request = new HttpGet("/");
        Urls.address(request, url);
        return request.getAuthority().toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                OddTexts.any(),
                OddTexts.any().map(text -> "http://" + text),
                OddTexts.any().map(text -> "http://a.test/" + text),
                OddTexts.any().map(text -> "https://" + text + "@a.test:" + text),
                OddTexts.visible(300).map(text -> "http://a.test/?" + text));
    }

    @Provide
    Arbitrary<String> spellings() {
        Arbitrary<int[]> addresses = Arbitraries.of(
                        "127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "172.16.0.1", "0.0.0.0")
                .map(UrlsPropertyTest::octets);
        return addresses.flatMap(a -> Arbitraries.of(
                dotted(a, "%d.%d.%d.%d"),
                dotted(a, "%d.%d.%d.%d."),
                dotted(a, "%03d.%03d.%03d.%03d"),
                dotted(a, "0%o.0%o.0%o.0%o"),
                dotted(a, "0x%x.0x%x.0x%x.0x%x"),
                dotted(a, "0x%02x%02x%02x%02x"),
                dotted(a, "[::ffff:%d.%d.%d.%d]"),
                dotted(a, "[::%d.%d.%d.%d]"),
                dotted(a, "[0:0:0:0:0:FFFF:%02x%02x:%02x%02x]"),
                dotted(a, "[64:ff9b::%02x%02x:%02x%02x]"),
                dotted(a, "[2002:%02x%02x:%02x%02x::]"),
                dotted(a, "[::ffff:%d.%d.%d.%d%%25lo]"),
                dotted(a, "%%31%d.%d.%d.%d"),
                dotted(a, "%d%%2e%d%%2e%d%%2e%d"),
                dotted(a, "%d\uff0e%d\uff0e%d\uff0e%d"),
                dotted(a, "%d\u3002%d\u3002%d\u3002%d"),
                dotted(a, "%d.%d.%d.%d\u200f"),
                dotted(a, "%d.%d.%d.%d\0.a.test"),
                dotted(a, "a.test@%d.%d.%d.%d"),
                dotted(a, "a.test\\@%d.%d.%d.%d"),
                dotted(a, "@%d.%d.%d.%d"),
                String.valueOf((long) a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3]),
                a[0] + "." + (a[1] << 16 | a[2] << 8 | a[3]),
                a[0] + "." + a[1] + "." + (a[2] << 8 | a[3]),
                "[::1]",
                "[fe80::1%25lo]",
                "[fd00:ec2::254]"));
    }

    private static int[] octets(String address) {
        return List.of(address.split("\\.")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static String dotted(int[] a, String format) {
        return format.formatted(a[0], a[1], a[2], a[3]);
    }
}
