package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/json, application/problem+json",
                "application/json;q=0.9, */*;q=0.1",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/json; charset=utf-8",
                "application/json;charset=\"utf-8\" ; Q=1.000",
                "application/signed-exchange;v=b3;q=0.7",
                "text/*;q=0, , application/json;q=0.",
            })
    void headersOfClientsAreRead(String accept) {
        assertThat(AcceptFilter.readable(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=",
                "application/json;q=x",
                "application/json;q=2",
                "application/json;q=-1",
                "*/*;q=",
                "text/html, */*;q=0,5;q=",
                ";",
                "a/b/c",
                "a/b;;=",
                "a/b;",
                "/",
                "a/",
                "{}",
                "é/json",
            })
    void anUnreadableHeaderIsAnErrorOfTheClient(String accept) {
        assertThat(AcceptFilter.readable(accept)).isFalse();
    }
}
