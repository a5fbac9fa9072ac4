package dev.errand.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.InvalidValueException;
import dev.errand.fuzz.OddTexts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PageCursorPropertyTest {

    @Property
    void itComesBackAsItWas(@ForAll long createdAt, @ForAll("ids") String id) {
        PageCursor cursor = new PageCursor(createdAt, id);

        assertThat(PageCursor.of(cursor.text())).isEqualTo(cursor);
    }

    /** The query then has no NUL, for example, which PostgreSQL answers with an error. */
    @Property
    void anyTextIsRefusedOrNamesAnIdThatCanBe(@ForAll("texts") String text) {
        try {
            PageCursor cursor = PageCursor.of(text);

            assertThat(cursor.id()).matches("[!-~]{1,255}");
            assertThat(PageCursor.of(cursor.text())).isEqualTo(cursor);
        } catch (InvalidValueException e) {
            assertThat(e).hasMessageContaining("cursor").hasMessageContaining("\"next\"");
        }
    }

    @Provide
    Arbitrary<String> ids() {
        return OddTexts.visible(255);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                OddTexts.any(),
                OddTexts.any().map(PageCursorPropertyTest::encoded),
                OddTexts.any().map(text -> encoded("17 " + text)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
