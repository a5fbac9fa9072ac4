package dev.errand.it.client;

import dev.errand.it.server.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server's key and certificate, and a client that trusts it. */
public final class Tls {
    /** Makes a PKCS#12 file for "localhost". */
    public static void makeKey(Path file, String password) {
        new Shell(file.getParent())
                .run(
                        Path.of(System.getProperty("errand.it.java"), "bin/keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-alias",
                        "errand",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost");
    }

    /** Returns the answer to a client that trusts the certificate of the file and no other. */
    public static HttpResponse<Void> get(int port, String path, Path file, String password)
            throws GeneralSecurityException, IOException, InterruptedException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        KeyStore key = KeyStore.getInstance(file.toFile(), password.toCharArray());
        certificates.load(null, null);
        certificates.setCertificateEntry("errand", key.getCertificate("errand"));
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newBuilder().sslContext(context).build().send(request, BodyHandlers.discarding());
    }

    private Tls() {}
}
