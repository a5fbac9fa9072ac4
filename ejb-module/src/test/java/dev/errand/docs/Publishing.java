package dev.errand.docs;

import static dev.errand.api.Workflow.fromResult;

import dev.errand.api.Workflow;
import dev.errand.api.Workflows;
import jakarta.inject.Inject;
import java.util.Map;

class Publishing {
    @Inject
    private Workflows workflows;

    String publish(String url) {
        return workflows.start(Workflow.of("publish")
                .step("archive", "archiver.archive", Map.of("url", url))
                .step("validate", "datastore.validate", fromResult("archive"))
                .after("archive")
                .step("load", "datastore.load", fromResult("archive"))
                .after("validate")
                .step("notify", "webhook.publish", Map.of("url", url))
                .after("load")
                .onFailure("alert", "mail.send", "The publication has failed."));
    }
}
