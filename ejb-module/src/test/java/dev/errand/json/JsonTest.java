package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskState;
import java.io.ByteArrayInputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    record Times(
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime dateTime,
            Duration duration,
            Period period) {}

    record Line(String article, BigDecimal price, Optional<String> note) {}

    record Order(UUID id, TaskState state, List<Line> lines, Map<DayOfWeek, Optional<Integer>> days) {}

    record Nothing() {}

    record Holder(Nothing nothing, int count) {}

    record Derived(int net, int tax) {
        public int getGross() {
            return net + tax;
        }
    }

    public static class Bean {
        private String name;
        private int size;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }
    }

    /** Captures a type with its arguments, as a handler's declaration does. */
    private abstract static class Of<T> {
        Type type() {
            return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
        }
    }

    private static Object thereAndBack(Object value, Type type) {
        return Json.read(Json.write(value), type);
    }

    @Test
    void aRecordWithTimesComesBackAsItWas() {
        Times times = new Times(
                Instant.parse("2026-06-01T12:00:00.123456789Z"),
                LocalDate.of(2024, 2, 29),
                LocalTime.of(23, 59, 59, 1),
                LocalDateTime.of(1969, 12, 31, 0, 0),
                Duration.ofMillis(-1),
                Period.ofMonths(14));

        assertThat(thereAndBack(times, Times.class)).isEqualTo(times);
    }

    @Test
    void timesAreWrittenForPeople() {
        assertThat(Json.write(Instant.parse("2026-06-01T12:00:00Z"))).isEqualTo("\"2026-06-01T12:00:00Z\"");
        assertThat(Json.write(Duration.ofMinutes(3))).isEqualTo("\"PT3M\"");
        assertThat(Json.write(LocalDate.of(2026, 6, 1))).isEqualTo("\"2026-06-01\"");
    }

    static List<Object> otherTimes() {
        return List.of(
                OffsetDateTime.parse("2026-06-01T12:00:00+02:00"),
                ZonedDateTime.of(2026, 6, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                YearMonth.of(2026, 6),
                Year.of(2026),
                ZoneId.of("Europe/Berlin"),
                DayOfWeek.MONDAY);
    }

    @ParameterizedTest
    @MethodSource("otherTimes")
    void aTimeKeepsItsZoneAndKind(Object time) {
        Class<?> type = time instanceof ZoneId ? ZoneId.class : time.getClass();

        assertThat(thereAndBack(time, type)).isEqualTo(time);
    }

    @Test
    void nestedRecordsOptionalsEnumsAndGenericsComeBackAsTheyWere() {
        Order order = new Order(
                UUID.fromString("018f0000-0000-7000-8000-000000000000"),
                TaskState.PARKED,
                List.of(
                        new Line("pen", new BigDecimal("1.10"), Optional.of("blue")),
                        new Line("cap", null, Optional.empty())),
                Map.of(DayOfWeek.MONDAY, Optional.of(3)));
        Type type = new Of<Map<String, List<Order>>>() {}.type();

        assertThat(thereAndBack(Map.of("orders", List.of(order)), type)).isEqualTo(Map.of("orders", List.of(order)));
    }

    @Test
    void aBeanComesBackAsItWas() {
        Bean bean = new Bean();
        bean.setName("x");
        bean.setSize(3);

        assertThat(thereAndBack(bean, Bean.class)).usingRecursiveComparison().isEqualTo(bean);
    }

    @Test
    void anAmountInAMapLosesNoDigit() {
        BigDecimal amount = new BigDecimal("12345678901234567890.12345678901234567890");
        BigDecimal price = new BigDecimal("1.10");
        Map<String, Object> map = Map.of("amount", amount, "price", price, "count", BigInteger.TWO.pow(100));
        Type type = new Of<Map<String, Object>>() {}.type();

        assertThat(thereAndBack(map, type)).isEqualTo(map);
        assertThat(Json.plain(Json.write(map), java.util.Set.of())).isEqualTo(map);
    }

    @Test
    void wholeNumbersInAMapStayWhole() {
        assertThat(Json.read("{\"a\":1,\"b\":9007199254740993}", Map.class))
                .isEqualTo(Map.of("a", 1, "b", 9007199254740993L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\"quoted\"", "new\nline", "\0", "umläut 😀", "</script>"})
    void anyTextComesBackAsItWas(String text) {
        assertThat(thereAndBack(text, String.class)).isEqualTo(text);
    }

    @Test
    void fieldsThatTheTypeDoesNotHavePass() {
        assertThat(Json.read("{\"net\":1,\"tax\":2,\"addedNextYear\":{\"x\":[1]}}", Derived.class))
                .isEqualTo(new Derived(1, 2));
    }

    @Test
    void aDerivedGetterIsWrittenAndDoesNotHinderReading() {
        assertThat(Json.write(new Derived(1, 2))).contains("\"gross\":3");
        assertThat(thereAndBack(new Derived(1, 2), Derived.class)).isEqualTo(new Derived(1, 2));
    }

    @Test
    void nullIsNoText() {
        assertThat(Json.write(null)).isNull();
        assertThat(Json.write(Optional.empty())).isNull();
        assertThat(Json.read(null, String.class)).isNull();
        assertThat(Json.read(null, Order.class)).isNull();
        assertThat(Json.read(null, new Of<Optional<String>>() {}.type())).isEqualTo(Optional.empty());
        assertThat(Json.plain(null, java.util.Set.of())).isNull();
    }

    @Test
    void aVoidArgumentTakesAnyJson() {
        assertThat(Json.read("{\"some\":1}", Void.class)).isNull();
        assertThat(Json.read(null, Void.class)).isNull();
    }

    @Test
    void aRecordWithoutFieldsIsAnObject() {
        assertThat(Json.write(new Nothing())).isEqualTo("{}");
        assertThat(thereAndBack(new Nothing(), Nothing.class)).isEqualTo(new Nothing());
    }

    @Test
    void aRecordWithoutFieldsMayBeAFieldItself() {
        assertThat(thereAndBack(new Holder(new Nothing(), 1), Holder.class)).isEqualTo(new Holder(new Nothing(), 1));
    }

    @Test
    void emptyCollectionsAreValues() {
        assertThat(Json.write(List.of())).isEqualTo("[]");
        assertThat(Json.write(Map.of())).isEqualTo("{}");
    }

    @Test
    void anObjectWithoutAnyDataIsRefusedAndNotSentAsNothing() {
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(NotJsonException.class);
        assertThatThrownBy(() -> Json.write(List.of(new Object()))).isInstanceOf(NotJsonException.class);
    }

    @Test
    void aThreadIsRefused() {
        assertThatThrownBy(() -> Json.write(Thread.currentThread())).isInstanceOf(NotJsonException.class);
    }

    /** Else it would be sent as {}, and the task would run with nothing. */
    @Test
    void codeIsRefused() {
        Runnable code = () -> {};

        assertThatThrownBy(() -> Json.write(code)).isInstanceOf(NotJsonException.class);
    }

    @Test
    void anInputStreamIsRefused() {
        assertThatThrownBy(() -> Json.write(new ByteArrayInputStream(new byte[] {1})))
                .isInstanceOf(NotJsonException.class);
    }

    @Test
    void anObjectThatRefersToItselfIsRefused() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatThrownBy(() -> Json.write(map))
                .isInstanceOf(NotJsonException.class)
                .message()
                .isNotBlank();
        assertThatThrownBy(() -> Json.write(list))
                .isInstanceOf(NotJsonException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void aValueThatDoesNotFitIsNamedByItsPath() {
        assertThatThrownBy(() -> Json.read("{\"lines\":[{},{\"price\":\"cheap\"}]}", Order.class))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("lines")
                .hasMessageContaining("[1]")
                .hasMessageContaining("price");
        assertThatThrownBy(() -> Json.read("{\"state\":\"LOST\"}", Order.class))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("state")
                .hasMessageContaining("LOST");
        assertThatThrownBy(() -> Json.read("\"text\"", Integer.class))
                .isInstanceOf(NotJsonException.class)
                .hasMessageContaining("at the top");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "1 2", "{\"a\":1}}", "nul", ""})
    void textThatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text, Object.class)).isInstanceOf(NotJsonException.class);
    }

    /** errand.argument.max-bytes may be 64 MiB: each argument that can be sent must be readable. */
    @Test
    void aVeryLargeTextComesBack() {
        String large = "x".repeat(32 * 1024 * 1024);

        assertThat(((String) thereAndBack(large, String.class)).length()).isEqualTo(large.length());
    }
}
