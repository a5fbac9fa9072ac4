package dev.errand.it.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Something that a handler does and that no rollback undoes: a POST to a URL that ends with the task's id. */
public final class OutsideCall {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private OutsideCall() {}

    static void post(String url, String id) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + URLEncoder.encode(id, StandardCharsets.UTF_8)))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.noBody())
                .build();
        int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IOException(url + " answers " + status);
        }
    }
}
