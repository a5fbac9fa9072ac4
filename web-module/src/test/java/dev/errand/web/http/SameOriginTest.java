package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void aReadMayComeFromAnyOrigin(String method) {
        assertThat(SameOrigin.allows(method, "cross-site", "https://evil.example", "errand.example"))
                .isTrue();
    }

    @Test
    void noBrowserIsAllowed() {
        assertThat(SameOrigin.allows("POST", null, null, "errand.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"same-origin,true", "none,true", "same-site,false", "cross-site,false", "new-word,false"})
    void fetchSiteDecidesWhereTheBrowserSendsIt(String fetchSite, boolean allowed) {
        // whatever Origin says: a proxy may have changed Host
        assertThat(SameOrigin.allows("POST", fetchSite, "https://errand.example", "inside:8080"))
                .isEqualTo(allowed);
        assertThat(SameOrigin.allows("DELETE", fetchSite, "https://errand.example", "errand.example"))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "https://errand.example,errand.example,true",
        "https://ERRAND.example,errand.example:443,true",
        "http://errand.example,errand.example:80,true",
        "http://localhost:8080,localhost:8080,true",
        "http://[::1]:8080,[::1]:8080,true",
        "http://[::1],[::1],true",
        "http://localhost:8081,localhost:8080,false",
        "https://errand.example,errand.example:80,false",
        "https://errand.example.evil.example,errand.example,false",
        "https://evil.example,errand.example,false",
        "null,errand.example,false",
        "not a uri,errand.example,false",
        "https://errand.example,,false",
    })
    void originDecidesWhereTheBrowserIsOld(String origin, String host, boolean allowed) {
        assertThat(SameOrigin.allows("POST", null, origin, host)).isEqualTo(allowed);
    }
}
