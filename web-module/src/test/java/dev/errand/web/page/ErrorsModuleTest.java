package dev.errand.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start page blames the server, the login or itself, each only for its own. */
class ErrorsModuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new m.Unreachable('x') | The server does not answer.",
                "new m.Refused(401) | You are logged out. Reload the page to log in again.",
                "new m.Refused(403, {detail: 'Changing needs a role.'}) | Your login does not allow this. Changing needs a role.",
                "new m.Refused(404, {title: 'Not Found', detail: 'There is no task x.'}) | There is no task x.",
                "new m.Refused(502) | The server answers 502.",
                "new SyntaxError('The JSON ends too early.') | The answer of the server cannot be read. The JSON ends too early.",
                "new TypeError('x is null') | This page has an error in its own code: x is null. Reload it, and report the error if it comes back."
            })
    void errorsAreToldApart(String error, String told) {
        try (PageModule errors = new PageModule("errors.js")) {
            assertThat(errors.eval("m.whatIsWrong(" + error + ")").asString()).isEqualTo(told);
        }
    }
}
