package dev.errand.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The days of a cron expression. As in cron, a field that begins with {@code *} does not restrict the days by itself; if
 * both fields restrict them, a day that matches one of them is enough. Immutable.
 */
final class CronDays {
    private static final Pattern LAST_DAY = Pattern.compile("L(?:-(\\d{1,2}))?(W)?");
    private static final Pattern NEAR = Pattern.compile("(\\d{1,2})W");
    private static final Pattern LAST_OF_MONTH = Pattern.compile("(\\w+)L");
    private static final Pattern NTH = Pattern.compile("(\\w+)#(\\w*)");
    private static final int MOST_WEEKS = 5;
    private static final int LONGEST_MONTH = 31;

    private final Predicate<LocalDate> inMonth;
    private final Predicate<LocalDate> inWeek;
    private final boolean eitherIsEnough;

    private CronDays(Predicate<LocalDate> inMonth, Predicate<LocalDate> inWeek, boolean eitherIsEnough) {
        this.inMonth = inMonth;
        this.inWeek = inWeek;
        this.eitherIsEnough = eitherIsEnough;
    }

    static CronDays of(String dayOfMonth, String dayOfWeek) {
        return new CronDays(inMonth(dayOfMonth), inWeek(dayOfWeek), restricts(dayOfMonth) && restricts(dayOfWeek));
    }

    private static boolean restricts(String text) {
        return !text.startsWith("*") && !text.startsWith("?");
    }

    boolean matches(LocalDate day) {
        return eitherIsEnough ? inMonth.test(day) || inWeek.test(day) : inMonth.test(day) && inWeek.test(day);
    }

    private static Predicate<LocalDate> inMonth(String text) {
        BitSet days = new BitSet();
        List<Predicate<LocalDate>> rules = new ArrayList<>();
        rules.add(day -> days.get(day.getDayOfMonth()));
        for (String item : CronField.DAY_OF_MONTH.items(text.toUpperCase(Locale.ROOT))) {
            Matcher last = LAST_DAY.matcher(item);
            Matcher near = NEAR.matcher(item);
            if (last.matches()) {
                rules.add(lastDay(item, last));
            } else if (near.matches()) {
                int wanted = CronField.DAY_OF_MONTH.value(near.group(1));
                rules.add(day -> wanted <= day.lengthOfMonth() && isNearestWeekday(day, wanted));
            } else {
                CronField.DAY_OF_MONTH.add(item, days);
            }
        }
        return any(rules);
    }

    private static Predicate<LocalDate> lastDay(String item, Matcher last) {
        int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
        if (before >= LONGEST_MONTH) {
            throw CronField.DAY_OF_MONTH.wrong(item, "is before each month: use L-0 to L-30");
        }
        boolean weekday = last.group(2) != null;
        return day -> {
            int wanted = day.lengthOfMonth() - before;
            return wanted >= 1 && (weekday ? isNearestWeekday(day, wanted) : day.getDayOfMonth() == wanted);
        };
    }

    /** Returns whether the day is the weekday (Monday to Friday) that is nearest to the wanted day of its month. */
    private static boolean isNearestWeekday(LocalDate day, int wanted) {
        LocalDate exact = day.withDayOfMonth(wanted);
        int shift = 0;
        if (exact.getDayOfWeek() == DayOfWeek.SATURDAY) {
            shift = wanted == 1 ? 2 : -1;
        } else if (exact.getDayOfWeek() == DayOfWeek.SUNDAY) {
            shift = wanted == day.lengthOfMonth() ? -2 : 1;
        }
        return day.equals(exact.plusDays(shift));
    }

    private static Predicate<LocalDate> inWeek(String text) {
        BitSet days = new BitSet();
        List<Predicate<LocalDate>> rules = new ArrayList<>();
        rules.add(day -> days.get(number(day)));
        for (String item : CronField.DAY_OF_WEEK.items(text.toUpperCase(Locale.ROOT))) {
            Matcher last = LAST_OF_MONTH.matcher(item);
            Matcher nth = NTH.matcher(item);
            if (item.equals("L")) {
                throw CronField.DAY_OF_WEEK.wrong(
                        item, "has no day: use 6 or SAT for each Saturday, 6L or SATL for the month's last one");
            } else if (last.matches()) {
                int wanted = weekday(last.group(1));
                rules.add(day -> number(day) == wanted && day.getDayOfMonth() + 7 > day.lengthOfMonth());
            } else if (nth.matches()) {
                int wanted = weekday(nth.group(1));
                int week = week(item, nth.group(2));
                rules.add(day -> number(day) == wanted && (day.getDayOfMonth() + 6) / 7 == week);
            } else {
                CronField.DAY_OF_WEEK.add(item, days);
            }
        }
        return any(rules);
    }

    private static int weekday(String text) {
        return CronField.DAY_OF_WEEK.normal(CronField.DAY_OF_WEEK.value(text));
    }

    private static int week(String item, String text) {
        if (!text.matches("[1-" + MOST_WEEKS + "]")) {
            throw CronField.DAY_OF_WEEK.wrong(item, "has a week that is not between 1 and " + MOST_WEEKS);
        }
        return Integer.parseInt(text);
    }

    /** Returns cron's number of the day of the week: Sunday is 0. */
    private static int number(LocalDate day) {
        return day.getDayOfWeek().getValue() % 7;
    }

    private static Predicate<LocalDate> any(List<Predicate<LocalDate>> rules) {
        return day -> rules.stream().anyMatch(rule -> rule.test(day));
    }
}
