package dev.errand.it.clock;

import dev.errand.config.EngineClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of a machine whose administrator sets it: the system property "it.clock" says by how much it is wrong. */
@ApplicationScoped
@Alternative
@Priority(1)
public class SetClock extends Clock {
    private static final Clock RIGHT = Clock.systemUTC();

    @Produces
    @EngineClock
    Clock clock() {
        return this;
    }

    @Override
    public Instant instant() {
        return RIGHT.instant().plus(Duration.parse(System.getProperty("it.clock", "PT0S")));
    }

    @Override
    public long millis() {
        return instant().toEpochMilli();
    }

    @Override
    public ZoneId getZone() {
        return RIGHT.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
