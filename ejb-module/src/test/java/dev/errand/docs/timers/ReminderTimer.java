package dev.errand.docs.timers;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;

@Singleton
public class ReminderTimer {
    @Resource
    private TimerService timers;

    public void remind(String address) {
        timers.createSingleActionTimer(86_400_000, new TimerConfig(address, true));
    }

    @Timeout
    void due(Timer timer) {
        Mails.send((String) timer.getInfo());
    }
}
