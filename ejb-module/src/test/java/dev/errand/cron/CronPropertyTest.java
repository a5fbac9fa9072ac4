package dev.errand.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.InvalidValueException;
import dev.errand.fuzz.OddTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares {@link Cron} with a walk over each minute that looks at a clock on the wall. */
class CronPropertyTest {
    /** From here on, offsets are whole minutes in each zone. */
    private static final Instant FIRST = Instant.parse("1973-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");
    private static final Duration AROUND = Duration.ofHours(3);

    /** One zone for each set of rules. */
    private static final Map<ZoneRules, ZoneId> ZONES = ZoneId.getAvailableZoneIds().stream()
            .sorted()
            .map(ZoneId::of)
            .collect(Collectors.toMap(ZoneId::getRules, zone -> zone, (one, other) -> one, LinkedHashMap::new));

    /** An expression, and its meaning in plain words. */
    record Expression(String cron, Predicate<LocalDateTime> matches) {}

    @Example
    void itAgreesWithTheWalkAroundEachTransitionOfEachZone() {
        List<Expression> expressions = List.of(
                new Expression("*/15 * * * *", time -> time.getMinute() % 15 == 0),
                new Expression("30 2 * * *", time -> time.getHour() == 2 && time.getMinute() == 30),
                new Expression("0 0-3 * * *", time -> time.getHour() <= 3 && time.getMinute() == 0));
        int transitions = 0;
        for (ZoneId zone : ZONES.values()) {
            ZoneOffsetTransition transition = zone.getRules().nextTransition(FIRST);
            while (transition != null && transition.getInstant().isBefore(LAST)) {
                Duration around = AROUND.plus(transition.getDuration().abs());
                compare(
                        expressions,
                        zone,
                        transition.getInstant().minus(around),
                        transition.getInstant().plus(around));
                transitions++;
                transition = zone.getRules().nextTransition(transition.getInstant());
            }
        }
        assertThat(transitions).isGreaterThan(5_000);
    }

    @Example
    void itAgreesWithTheWalkOverYears() {
        List<Expression> expressions = List.of(
                new Expression(
                        "20 1 1,L * 1-5",
                        time -> time.getHour() == 1
                                && time.getMinute() == 20
                                && (time.getDayOfMonth() == 1
                                        || time.toLocalDate().lengthOfMonth() == time.getDayOfMonth()
                                        || time.getDayOfWeek().getValue() <= 5)),
                new Expression(
                        "45 2 * 3,10 SUN#4",
                        time -> time.getHour() == 2
                                && time.getMinute() == 45
                                && (time.getMonthValue() == 3 || time.getMonthValue() == 10)
                                && time.getDayOfWeek().getValue() == 7
                                && time.getDayOfMonth() >= 22
                                && time.getDayOfMonth() <= 28));
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
            compare(
                    expressions,
                    ZoneId.of(zone),
                    Instant.parse("2020-06-01T00:00:00Z"),
                    Instant.parse("2029-06-01T00:00:00Z"));
        }
    }

    @Property(tries = 2_000)
    void itAgreesWithTheWalkForAnyExpression(
            @ForAll("expressions") Expression expression,
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant from) {
        ZoneOffsetTransition transition = zone.getRules().nextTransition(from);
        Instant start = transition == null ? from : transition.getInstant().minus(Duration.ofHours(30));
        compare(List.of(expression), zone, start, start.plus(Duration.ofDays(3)));
    }

    @Property(tries = 2_000)
    void anyTextFiresLaterOrIsRefused(@ForAll("texts") String text, @ForAll("zones") ZoneId zone) {
        try {
            assertThat(Cron.parse(text).next(FIRST, zone)).isAfter(FIRST);
        } catch (InvalidValueException e) {
            assertThat(e.field()).isEqualTo("cron");
        }
    }

    private static void compare(List<Expression> expressions, ZoneId zone, Instant from, Instant to) {
        List<List<Instant>> walked = walk(expressions, zone.getRules(), from, to);
        for (int i = 0; i < expressions.size(); i++) {
            Cron cron = Cron.parse(expressions.get(i).cron());
            List<Instant> fired = new ArrayList<>();
            for (Instant at = cron.next(from, zone); at.isBefore(to); at = cron.next(at, zone)) {
                fired.add(at);
            }
            assertThat(fired).as("%s in %s from %s to %s", cron, zone, from, to).isEqualTo(walked.get(i));
        }
    }

    /**
     * Walks over the minutes. A minute of the day fires when the clock shows it, or a later one, for the first time: then a
     * gap fires at its end, and an hour that comes twice fires once.
     */
    private static List<List<Instant>> walk(List<Expression> expressions, ZoneRules rules, Instant from, Instant to) {
        List<List<Instant>> fired = expressions.stream()
                .<List<Instant>>map(expression -> new ArrayList<>())
                .collect(Collectors.toList());
        long first = from.minus(Duration.ofHours(27)).getEpochSecond() / 60;
        long shownUntil = Long.MIN_VALUE;
        for (long minute = first; minute < Math.floorDiv(to.getEpochSecond() + 59, 60L); minute++) {
            Instant instant = Instant.ofEpochSecond(minute * 60);
            long shown = minute + rules.getOffset(instant).getTotalSeconds() / 60;
            if (shownUntil == Long.MIN_VALUE) {
                shownUntil = shown;
            }
            while (shownUntil < shown) {
                shownUntil++;
                if (instant.isAfter(from)) {
                    note(expressions, shownUntil, instant, fired);
                }
            }
        }
        return fired;
    }

    private static void note(List<Expression> expressions, long shown, Instant instant, List<List<Instant>> fired) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(shown * 60, 0, ZoneOffset.UTC);
        for (int i = 0; i < expressions.size(); i++) {
            List<Instant> list = fired.get(i);
            if (expressions.get(i).matches().test(time)
                    && (list.isEmpty() || !list.get(list.size() - 1).equals(instant))) {
                list.add(instant);
            }
        }
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return Combinators.combine(values(0, 59), values(0, 23), values(1, 28), values(1, 12), values(0, 6))
                .as((minutes, hours, days, months, weekdays) -> new Expression(
                        String.join(" ", text(minutes), text(hours), text(days), text(months), text(weekdays)),
                        time -> contains(minutes, time.getMinute())
                                && contains(hours, time.getHour())
                                && contains(months, time.getMonthValue())
                                && (days.isEmpty() || weekdays.isEmpty()
                                        ? contains(days, time.getDayOfMonth())
                                                && contains(
                                                        weekdays,
                                                        time.getDayOfWeek().getValue() % 7)
                                        : contains(days, time.getDayOfMonth())
                                                || contains(
                                                        weekdays,
                                                        time.getDayOfWeek().getValue() % 7))));
    }

    /** The empty set stands for all values. */
    private static Arbitrary<Set<Integer>> values(int least, int greatest) {
        return Arbitraries.oneOf(
                Arbitraries.just(Set.of()),
                Arbitraries.integers()
                        .between(least, greatest)
                        .set()
                        .ofMinSize(1)
                        .ofMaxSize(6));
    }

    private static String text(Set<Integer> values) {
        return values.isEmpty()
                ? "*"
                : new TreeSet<>(values).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static boolean contains(Set<Integer> values, int value) {
        return values.isEmpty() || values.contains(value);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(List.copyOf(ZONES.values()));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(FIRST.getEpochSecond(), LAST.getEpochSecond())
                .map(second -> Instant.ofEpochSecond(second - second % 60));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> field = Arbitraries.of(
                "*", "?", "0", "5", "31", "*/2", "1-5", "5-1", "L", "L-3", "15W", "LW", "MON", "2#2", "FRIL", "JAN",
                "x", "1,2");
        return Arbitraries.oneOf(
                field.list().ofMinSize(4).ofMaxSize(7).map(fields -> String.join(" ", fields)), OddTexts.any());
    }
}
