package dev.errand.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start page tells tasks apart, and has the right words for what happened to them. */
class WordingModuleTest {
    private static PageModule wording;

    @BeforeAll
    static void load() {
        wording = new PageModule("wording.js");
    }

    @AfterAll
    static void close() {
        wording.close();
    }

    @Test
    void idsOfOneMomentDiffer() {
        assertThat(shortId("01981f1a-7c00-7000-8000-0123456789ab"))
                .isEqualTo("…456789ab")
                .isNotEqualTo(shortId("01981f1a-7c00-7000-8000-0123456789ac"));
        assertThat(shortId("reports.nightly@2026-11-29T01:30:00Z")).isEqualTo("…ly@2026-11-29T01:30:00Z");
        assertThat(shortId("invoice-17")).isEqualTo("invoice-17");
    }

    @Test
    void anExcerptIsTheTextOfTheList() {
        assertThat(wording.call("excerpt", "{\"n\":1.10}", false).asString()).isEqualTo("{\"n\":1.10}");
        assertThat(wording.call("excerpt", "\"{\\\"n\\\":9007199254740993,\"", true)
                        .asString())
                .isEqualTo("{\"n\":9007199254740993,…");
        assertThat(wording.call("excerpt", null, false).asString()).isEmpty();
    }

    @Test
    void thePolicyOfAHandlerTellsItsWaits() {
        String policy = "on: ['java.io.IOException'], maxRetries: 3, countdown: 'PT1S', maxCountdown: 'PT5M'";
        assertThat(wording.eval("m.policyText({" + policy + ", backoff: 2, countdowns: []})[0]")
                        .asString())
                .isEqualTo("3 times, after 1s, ×2 each, up to 5m");
        assertThat(wording.eval("m.policyText({" + policy + ", backoff: 1, countdowns: ['PT1S', 'PT10S', 'PT5M']})[0]")
                        .asString())
                .isEqualTo("3 times, after 1s, 10s, 5m");
    }

    @Test
    void progressCountsBeyondTheNumbersOfJavaScript() {
        assertThat(wording.eval(
                                "m.progressText({done: '9007199254740993', total: '9223372036854775807', message: 'rows'})")
                        .asString())
                .isEqualTo("9,007,199,254,740,993 of 9,223,372,036,854,775,807 · rows");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRE, null, Expired before it ran; no user did this",
        "REVOKE, 'alice', Revoked by alice",
        "RETRY, null, Run again without a login"
    })
    void theAuditNamesAUserOnlyIfThereWasOne(String action, String by, String told) {
        String user = by.equals("null") ? by : "'" + by + "'";

        assertThat(wording.eval("m.auditText({action: '" + action + "', by: " + user + "}).join(' ')")
                        .asString())
                .isEqualTo(told);
    }

    private static String shortId(String id) {
        return wording.call("shortId", id).asString();
    }
}
