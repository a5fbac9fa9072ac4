package dev.errand.web.rest;

import dev.errand.api.NodeMetrics;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The metrics of this node, for Prometheus. */
@ErrandCall
@Path("{errand: metrics}")
@RequestScoped
public class MetricsResource {

    @Inject
    private NodeMetrics metrics;

    @GET
    public Response metrics() {
        // the type is fixed, because Prometheus asks for newer formats first and accepts this one
        return Response.ok(metrics.text(), NodeMetrics.MEDIA_TYPE).build();
    }
}
