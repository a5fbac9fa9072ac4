package dev.errand.web.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.errand.api.InvalidValueException;
import dev.errand.web.http.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFormTest {

    @Test
    void bothFieldsAreRead() {
        assertThat(read("{\"name\":\" Rain \",\"url\":\"https://x.example/in?a=b\"}"))
                .isEqualTo(new DatasetForm("Rain", "https://x.example/in?a=b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name|{\"url\":\"https://x.example\"}",
                "name|{\"name\":\"  \",\"url\":\"https://x.example\"}",
                "name|{\"name\":5,\"url\":\"https://x.example\"}",
                "url|{\"name\":\"a\"}",
                "url|{\"name\":\"a\",\"url\":null}",
                "url|{\"name\":\"a\",\"url\":\"ftp://x.example\"}",
                "url|{\"name\":\"a\",\"url\":\"x.example\"}",
                "url|{\"name\":\"a\",\"url\":\"http://\"}",
                "url|{\"name\":\"a\",\"url\":\"https://user:hush@x.example/\"}",
                "url|{\"name\":\"a\",\"url\":\"http://0177.0.0.1/\"}",
                "url|{\"name\":\"a\",\"url\":\"http://a b\"}",
                "title|{\"name\":\"a\",\"url\":\"https://x.example\",\"title\":\"t\"}",
            })
    void aBadFieldIsNamed(String field, String json) {
        assertThatThrownBy(() -> read(json))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x.example/my hook?a=b c", "http://a_b.example/", "https://bücher.example/ü"})
    void anAddressAsABrowserTakesIt(String url) {
        assertThat(new DatasetForm("a", url).url()).isEqualTo(url);
    }

    @Test
    void aFormIsDecoded() {
        assertThat(DatasetForm.fields("name=Rain+in+M%C3%BCnster&url=https%3A%2F%2Fx.example%2F%3Fa%3Db&x&name=second"))
                .containsExactly(
                        entry("name", "Rain in Münster"), entry("url", "https://x.example/?a=b"), entry("x", ""));
        assertThat(DatasetForm.fields("")).isEmpty();
        assertThatThrownBy(() -> DatasetForm.fields("name=%zz")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aNameMustFitItsColumn() {
        assertThatThrownBy(() -> new DatasetForm("n".repeat(201), "https://x.example"))
                .hasMessageContaining("200");
    }

    private static DatasetForm read(String json) {
        return DatasetForm.of(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    }
}
