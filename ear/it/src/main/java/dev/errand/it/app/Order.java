package dev.errand.it.app;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every kind of value that an argument may have. */
public record Order(
        String id,
        Instant at,
        LocalDate delivery,
        Optional<String> note,
        Size size,
        List<Line> lines,
        Map<String, Integer> stock) {

    public enum Size {
        SMALL,
        LARGE
    }

    public record Line(String article, BigDecimal price) {}

    public static Order sample(String id) {
        return new Order(
                id,
                Instant.parse("2026-02-03T04:05:06.789Z"),
                LocalDate.of(2026, 2, 28),
                Optional.of("grüße 😀"),
                Size.LARGE,
                List.of(new Line("nut", new BigDecimal("12345678901234567890.123456789"))),
                Map.of("nut", 3));
    }
}
