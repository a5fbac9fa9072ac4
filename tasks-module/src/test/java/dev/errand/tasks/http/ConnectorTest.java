package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to the host that the address names, and to no other that has its IP address; each of a host's addresses is tried. */
@org.junit.jupiter.api.Timeout(60)
class ConnectorTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private HttpsServer server;
    private SSLContext trusting;

    @BeforeEach
    void start() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=a",
                        "-ext",
                        "SAN=dns:good.test,dns:xn--bcher-kva.test",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(store)));
        server.start();
        trusting = trusting(store);
    }

    private static SSLContext serving(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ManagedHttpClientConnection connect(SSLContext context, String host, String... addresses)
            throws IOException {
        return connect(context, host, server.getAddress().getPort(), addresses);
    }

    private static ManagedHttpClientConnection connect(SSLContext context, String host, int port, String... addresses)
            throws IOException {
        ManagedHttpClientConnection connection = ManagedHttpClientConnectionFactory.INSTANCE.createConnection(null);
        new Connector(dns(host, addresses), new DefaultClientTlsStrategy(context))
                .connect(
                        connection,
                        new HttpHost("https", host, port),
                        null,
                        null,
                        null,
                        Timeout.ofSeconds(20),
                        SocketConfig.DEFAULT,
                        null,
                        Connector.context(host));
        return connection;
    }

    private static DnsResolver dns(String known, String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                assertThat(host).isEqualTo(known);
                InetAddress[] found = new InetAddress[addresses.length];
                for (int i = 0; i < found.length; i++) {
                    found[i] = InetAddress.getByName(addresses[i]);
                }
                return found;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void connectsToTheHostThatTheCertificateNames() throws IOException {
        for (String host : new String[] {"good.test", "xn--bcher-kva.test"}) {
            try (ManagedHttpClientConnection connection = connect(trusting, host, "127.0.0.1")) {
                assertThat(connection.getSSLSession().isValid()).isTrue();
            }
        }
    }

    @Test
    void refusesAHostThatTheCertificateDoesNotName() {
        assertThatThrownBy(() -> connect(trusting, "bad.test", "127.0.0.1"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("bad.test");
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        assertThatThrownBy(() -> connect(context, "good.test", "127.0.0.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void triesEachAddressAndTellsTheLastFailure() throws IOException {
        try (ManagedHttpClientConnection connection = connect(trusting, "good.test", "127.0.0.9", "127.0.0.1")) {
            assertThat(connection.isOpen()).isTrue();
        }
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> connect(trusting, "good.test", free, "127.0.0.8", "127.0.0.9"))
                .isInstanceOf(ConnectException.class);
    }
}
