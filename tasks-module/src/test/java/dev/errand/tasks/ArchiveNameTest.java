package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.url.WebAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNameTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.test/x/data.csv?y=z, data.csv",
        "http://a.test, file",
        "http://a.test/x/, file",
        "http://a.test/..%2F..%2Fetc%2Fpasswd, passwd",
        "http://a.test/.hidden, hidden",
        "http://a.test/a%00b%0Ac.txt, a_b_c.txt",
        "http://a.test/%3Cä%3E.txt, txt",
        "http://a.test/x.part, x.part"
    })
    void endsWithTheNameInTheUrl(String url, String name) {
        String file = ArchiveName.of("task-1", WebAddress.parse(url));
        assertThat(file).startsWith("task-1.").endsWith("." + name).matches("[A-Za-z0-9._-]+");
        assertThat(file).isEqualTo(ArchiveName.stem("task-1") + "." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/", ".", "..", "CON", "a\\b", "~!@#$%^&*()|:;\"'<>?,", "-rf"})
    void isSafeForAnyId(String id) {
        assertThat(ArchiveName.of(id, WebAddress.parse("http://a.test/x")))
                .matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
                .doesNotContain("..");
    }

    @Test
    void fitsAFileSystem() {
        String file =
                ArchiveName.of("i".repeat(255), WebAddress.parse("http://a.test/" + "n".repeat(5000) + ".tar.gz"));
        assertThat(file).hasSizeLessThan(180).endsWith("n.tar.gz");
    }

    @Test
    void isAnothersForNoOtherTask() {
        Set<String> names = Stream.of("a/b", "a_b", "a:b", "A_B", "a//b")
                .map(ArchiveName::stem)
                .map(String::toLowerCase)
                .collect(Collectors.toSet());
        assertThat(names).hasSize(5);
    }
}
