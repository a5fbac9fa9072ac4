package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.queue.Outbox;
import dev.errand.queue.SettableClock;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordLockTest {
    private final SettableClock clock = new SettableClock();
    private final List<Long> pauses = new ArrayList<>();
    private final TaskRecord record = new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, 0, null);
    private final RecordLock look = new RecordLock();
    private boolean locked = true;

    @BeforeEach
    void wire() {
        look.clock = clock;
        look.config = new ConfigReader(key -> Optional.empty()).read();
        look.outbox = new Outbox();
        look.scheduler = (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (self, method, args) -> {
                    pauses.add((Long) args[1]);
                    ((Runnable) args[0]).run();
                    return null;
                });
        look.records = new TaskRecords() {
            @Override
            public Optional<TaskRecord> lock(String id) {
                return locked ? Optional.empty() : Optional.of(record);
            }

            @Override
            public Optional<TaskRecord> find(String id) {
                return Optional.of(record);
            }
        };
        record.leaseTo("node", clock.millis() + look.config.lease().toMillis());
    }

    @Test
    void aRecordThatStaysLockedIsCheckedLessAndLessOften() {
        int looks = 0;
        for (long end = record.wakeAt(); clock.millis() < end; looks++) {
            assertThat(look.lock("a", 1)).isEmpty();
            assertThat(look.outbox.poll()).hasSize(1);
            clock.forward(pauses.get(looks));
        }
        assertThat(pauses).isSorted().startsWith(RecordLock.SOONEST_MILLIS).endsWith(RecordLock.LATEST_MILLIS);
        assertThat(looks).isLessThan(40);

        assertThat(look.lock("a", 1)).isEmpty();
        assertThat(look.outbox.poll()).as("after its lease it is the sweep's").isEmpty();
    }

    @Test
    void aFreeRecordGoesToTheCaller() {
        locked = false;
        assertThat(look.lock("a", 1)).contains(record);
        assertThat(pauses).isEmpty();
    }
}
