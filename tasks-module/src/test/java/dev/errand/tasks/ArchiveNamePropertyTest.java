package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import dev.errand.url.WebAddress;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ArchiveNamePropertyTest {
    private static final Path FOLDER = Path.of("/archive");

    @Property
    void itIsOneSafeNameInTheFolder(@ForAll("ids") String id, @ForAll("urls") WebAddress url) {
        String name = ArchiveName.of(id, url);

        assertThat(name).matches("[A-Za-z0-9_-][A-Za-z0-9._-]{1,199}").startsWith(ArchiveName.stem(id) + ".");
        assertThat(name).doesNotEndWith(".");
        assertThat(FOLDER.resolve(name).normalize()).isEqualTo(FOLDER.resolve(name));
    }

    /** On file systems too that do not tell a from A. */
    @Property
    void noTwoTasksShareOne(@ForAll("ids") String id, @ForAll("ids") String other) {
        Assume.that(!id.equals(other));

        assertThat(ArchiveName.stem(id)).isNotEqualToIgnoringCase(ArchiveName.stem(other));
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                OddTexts.visible(255), OddTexts.any(), Arbitraries.of("a", "A", "..", ".", "/", "a/", "a."));
    }

    @Provide
    Arbitrary<WebAddress> urls() {
        return OddTexts.any().map(text -> WebAddress.parse("http://a.test/" + text));
    }
}
