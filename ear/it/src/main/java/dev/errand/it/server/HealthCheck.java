package dev.errand.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The question whether the application on a server answers. */
final class HealthCheck {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    HealthCheck(String url) {
        request = HttpRequest.newBuilder(URI.create(url + "api/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    boolean isHealthy() throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
