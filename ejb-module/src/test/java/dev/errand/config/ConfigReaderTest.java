package dev.errand.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.url.WebAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    private static ErrandConfig read(String... keysAndValues) {
        Map<String, String> values = keysAndValues.length == 0
                ? Map.of()
                : keysAndValues.length == 2
                        ? Map.of(keysAndValues[0], keysAndValues[1])
                        : Map.of(keysAndValues[0], keysAndValues[1], keysAndValues[2], keysAndValues[3]);
        return new ConfigReader(key -> Optional.ofNullable(values.get(key))).read();
    }

    @Test
    void aLogInInAnAddressIsRefusedAndNotShown() {
        for (String key : List.of("errand.url", "errand.lease")) {
            assertThatThrownBy(() -> read(key, "http://me:hush@a.test/tasks/"))
                    .isInstanceOf(InvalidDeploymentException.class)
                    .hasMessageContaining(key)
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void withoutAnyKeyTheDefaultsHold() {
        ErrandConfig config = read();

        assertThat(config.node()).isNotBlank();
        assertThat(config.datasource()).isEqualTo("java:comp/DefaultDataSource");
        assertThat(config.url()).isNull();
        assertThat(config.firstLogin()).isNull();
        assertThat(config.argumentMaxBytes()).isEqualTo(1_048_576);
        assertThat(config.traceMaxChars()).isEqualTo(16_384);
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.dispatch()).as("the choice of the server").isNull();
        assertThat(config.concurrency()).isEqualTo(16);
        assertThat(config.keepSuccess()).isEqualTo(Duration.ofDays(7));
        assertThat(config.keepFailure()).isEqualTo(Duration.ofDays(90));
        assertThat(config.keepRevoked()).isEqualTo(Duration.ofDays(30));
        assertThat(config.keepParked()).as("without limit").isNull();
        assertThat(config.tablePrefix()).isEmpty();
        assertThat(config.mask()).containsExactlyInAnyOrder("secret", "password");
    }

    @Test
    void anEmptyValueIsNone() {
        assertThat(read("errand.lease", "", "errand.mask", "  ")).isEqualTo(read());
    }

    @Test
    void blanksAroundAValueDoNotCount() {
        assertThat(read("errand.lease", " PT10S ").lease()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "errand.argument.max-bytes, 1024",
        "errand.argument.max-bytes, 67108864",
        "errand.trace.max-chars, 0",
        "errand.trace.max-chars, 1048576",
        "errand.concurrency, 1",
        "errand.concurrency, 1000",
        "errand.dispatch, jms",
        "errand.dispatch, threads",
        "errand.lease, PT2S",
        "errand.lease, PT1H",
        "errand.keep.success, PT0S",
        "errand.keep.success, P3650D",
        "errand.keep.failure, PT0S",
        "errand.keep.failure, P3650D",
        "errand.keep.revoked, PT0S",
        "errand.keep.revoked, P3650D",
        "errand.keep.parked, PT0S",
        "errand.keep.parked, P3650D",
        "errand.table-prefix, _",
        "errand.table-prefix, a2345678901234567_9_",
    })
    void theEdgesOfARangeAreAllowed(String key, String value) {
        assertThat(read(key, value)).isNotEqualTo(read());
    }

    @ParameterizedTest
    @CsvSource({
        "errand.argument.max-bytes, 1023, 1024",
        "errand.argument.max-bytes, 67108865, 67108864",
        "errand.argument.max-bytes, 1MB, whole number",
        "errand.argument.max-bytes, 99999999999999999999, whole number",
        "errand.trace.max-chars, -1, from 0",
        "errand.trace.max-chars, 1048577, 1048576",
        "errand.trace.max-chars, 1.5, whole number",
        "errand.concurrency, 0, from 1",
        "errand.concurrency, 1001, 1000",
        "errand.dispatch, JMS, jms or threads",
        "errand.lease, PT1.999S, from PT2S",
        "errand.lease, PT1H0.001S, to PT1H",
        "errand.lease, 30, ISO-8601",
        "errand.lease, 30s, ISO-8601",
        "errand.keep.success, PT-1S, PT0S",
        "errand.keep.failure, P3651D, P3650D",
        "errand.keep.revoked, forever, ISO-8601",
        "errand.keep.parked, P3651D, P3650D",
        "errand.table-prefix, Shop_, a-z 0-9 _",
        "errand.table-prefix, shop., a-z 0-9 _",
        "errand.table-prefix, 2nd_, no digit",
        "errand.table-prefix, a23456789012345678901, at most 20",
        "errand.lease, PT99999999999999999999S, PT1H",
    })
    void aBadValueIsRefusedWithKeyValueAndAllowedValues(String key, String value, String allowed) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("key " + key + " ")
                .hasMessageContaining("\"" + value + "\"")
                .hasMessageContaining(allowed);
    }

    @Test
    void aPathThatNoFileSystemHasIsRefused() {
        assertThatThrownBy(() -> read("errand.first-login", "a\0b"))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.first-login")
                .hasMessageContaining("path");
    }

    @Test
    void pathsAreMadeAbsolute() {
        assertThat(read("errand.first-login", "login.txt").firstLogin())
                .isEqualTo(Path.of("login.txt").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://tasks.example.org/tasks/", "http://10.0.0.1:8080", "http://[::1]:8080/tasks"})
    void theUrlIsAnHttpAddress(String url) {
        assertThat(read("errand.url", url).url()).isEqualTo(WebAddress.parse(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://host/", "/tasks", "http://", "not a url", "//localhost/tasks"})
    void anAddressThatIsNotHttpIsRefused(String url) {
        assertThatThrownBy(() -> read("errand.url", url))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.url")
                .hasMessageContaining(url)
                .hasMessageContaining("http");
    }

    @Test
    void theNodeIsTheServersUnlessItIsNamed() {
        assertThat(read("jboss.node.name", "wf1").node()).isEqualTo("wf1");
        assertThat(read("com.sun.aas.instanceName", "server").node()).isEqualTo("server");
        assertThat(read("errand.node", "mine", "jboss.node.name", "wf1").node()).isEqualTo("mine");
    }

    @Test
    void anApplicationBesideErrandsOwnIsANodeOfItsOwn() {
        assertThat(read("errand.node", "wf1").application()).isEqualTo("errand");
        assertThat(read("errand.node", "wf1", "errand.application", "shop").node())
                .isEqualTo("wf1:shop");
        assertThatThrownBy(() -> read("errand.node", "n".repeat(96), "errand.application", "shop"))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("errand.node", "1 to 95 characters", "shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my shop", "-shop", "shop/1", "a23456789 123456789 123456789 123456789 123456789 1", "ü"})
    void anApplicationsNameWithOtherCharactersIsRefused(String name) {
        assertThatThrownBy(() -> read("errand.application", name))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("errand.application", name, "1 to 50");
    }

    @Test
    void aRoleIsWorkerOrSender() {
        assertThat(read().sender()).isFalse();
        assertThat(read("errand.role", "worker").sender()).isFalse();
        assertThat(read("errand.role", "sender").sender()).isTrue();
        assertThatThrownBy(() -> read("errand.role", "Sender"))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("errand.role", "\"Sender\"", "sender");
    }

    @Test
    void aNodeHas100CharactersAtMost() {
        assertThat(read("errand.node", "n".repeat(100)).node()).hasSize(100);
        assertThatThrownBy(() -> read("errand.node", "n".repeat(101)))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.node")
                .hasMessageContaining("100");
    }

    @Test
    void masksAreComparedWithoutCase() {
        assertThat(read("errand.mask", " Token, ,APIKey,token").mask()).containsExactlyInAnyOrder("token", "apikey");
    }

    @Test
    void aConfigurationCannotBeChanged() {
        assertThatThrownBy(() -> read().mask().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }
}
