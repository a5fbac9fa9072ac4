package dev.errand.manage;

import dev.errand.api.NodeHealth;
import dev.errand.run.StallWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The engine's health, as its parts see it. */
@ApplicationScoped
public class EngineHealth implements NodeHealth {
    @Inject
    private StallWatch stallWatch;

    @Override
    public boolean progresses() {
        return !stallWatch.stalled();
    }
}
