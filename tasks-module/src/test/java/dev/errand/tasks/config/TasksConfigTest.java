package dev.errand.tasks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.SettingReader;
import dev.errand.tasks.http.AddressRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksConfigTest {
    private static TasksConfig read(Map<String, String> settings) {
        return TasksConfig.read(new SettingReader(key -> Optional.ofNullable(settings.get(key))));
    }

    @Test
    void without_settings_the_defaults_hold() {
        TasksConfig config = read(Map.of());

        assertThat(config.httpAllow()).isEmpty();
        assertThat(config.httpConnectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.httpTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.archiveDir()).isAbsolute().hasFileName("errand-archive");
        assertThat(config.archiveMaxBytes()).isEqualTo(1_073_741_824L);
        assertThat(config.archiveTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(config.datastoreSchema()).isNull();
        assertThat(config.datastoreMaxRows()).isEqualTo(10_000_000);
        assertThat(config.webhookKey()).isEmpty();
        assertThat(config.webhookKeyFile()).isNull();
        assertThat(config.webhookDisableAfter()).isEqualTo(Duration.ofDays(5));
        assertThat(config.webhookDisabledTask()).isNull();
        assertThat(config.webhookKeepDeliveries()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void keys_of_webhooks_are_read_and_not_shown() {
        String key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        TasksConfig config = read(Map.of("errand.webhook.key", key + ", " + key));
        assertThat(config.webhookKey()).containsExactly(key, key);
        assertThat(config.toString()).doesNotContain(key);
    }

    @Test
    void keys_of_webhooks_may_be_in_a_file(@TempDir Path folder) throws IOException {
        String key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        Path file = folder.resolve("key");
        Map<String, String> settings = Map.of("errand.webhook.key-file", file.toString());
        assertThat(read(settings).webhookKey()).isEmpty();
        Files.writeString(file, key + "\n" + key + "\n");
        assertThat(read(settings).webhookKey()).containsExactly(key, key);
        Files.writeString(file, "hush");
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("errand.webhook.key-file", file.toString())
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @CsvSource({"errand.webhook.key, aHVzaA==", "errand.webhook.key, hush!", "errand.webhook.disabled-task, two hush"})
    void wrong_settings_of_webhooks_are_refused(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining(key)
                .message()
                .satisfies(message -> {
                    if (key.endsWith("key")) {
                        assertThat(message).contains("openssl").doesNotContain(value);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "errand.http.connect-timeout, PT0.1S",
        "errand.http.connect-timeout, PT5M",
        "errand.http.timeout, PT0.1S",
        "errand.http.timeout, PT1H",
        "errand.archive.max-bytes, 1",
        "errand.archive.max-bytes, 9223372036854775807",
        "errand.archive.timeout, PT1S",
        "errand.archive.timeout, P1D",
        "errand.datastore.schema, _portal_2",
        "errand.datastore.max-rows, 1",
        "errand.datastore.max-rows, 1000000000",
    })
    void the_ends_of_a_range_are_allowed(String key, String value) {
        assertThat(read(Map.of(key, value))).isNotEqualTo(read(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "errand.http.connect-timeout, PT0S, PT0.1S",
        "errand.http.connect-timeout, PT301S, PT5M",
        "errand.http.timeout, PT0.05S, PT0.1S",
        "errand.http.timeout, PT2H, PT1H",
        "errand.archive.max-bytes, 0, from 1",
        "errand.archive.timeout, PT0.5S, PT1S",
        "errand.archive.timeout, P2D, P1D",
        "errand.datastore.schema, a-b, letters",
        "errand.datastore.schema, 2a, letters",
        "errand.datastore.max-rows, 0, 1000000000",
    })
    void a_bad_value_is_refused_with_key_value_and_allowed_values(String key, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("key " + key + " ")
                .hasMessageContaining("\"" + value + "\"")
                .hasMessageContaining(allowed);
    }

    @Test
    void a_path_is_absolute_and_one_that_no_file_system_has_is_refused() {
        assertThat(read(Map.of("errand.archive.dir", "archive")).archiveDir())
                .isEqualTo(Path.of("archive").toAbsolutePath());
        assertThatThrownBy(() -> read(Map.of("errand.archive.dir", "a\0b")))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.archive.dir")
                .hasMessageContaining("path");
    }

    @Test
    void a_login_in_an_address_is_refused_and_not_shown() {
        TasksConfig config = read(Map.of("errand.http.allow", "http://me:hush@a.test/tasks/"));

        assertThatThrownBy(() -> AddressRules.of(config.httpAllow()))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining("errand.http.allow")
                .hasMessageNotContaining("hush");
    }

    @Test
    void lists_keep_their_order_and_lose_their_blanks() {
        assertThat(read(Map.of("errand.http.allow", "10.0.0.0/8 , intranet,,")).httpAllow())
                .containsExactly("10.0.0.0/8", "intranet");
    }
}
