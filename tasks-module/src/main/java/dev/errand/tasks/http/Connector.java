package dev.errand.tasks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.UnsupportedSchemeException;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Opens the client's connections, to the addresses that the resolver returns and to no others. The client's own class
 * for this needs the package {@code jdk.net}, which WildFly hides from applications. Thread-safe.
 */
final class Connector implements HttpClientConnectionOperator {
    /**
     * The key, in a call's context, of the host as DNS knows it: the client's own classes turn {@code xn--…} into
     * Unicode.
     */
    private static final String HOST = "errand.host";

    private final DnsResolver dns;
    private final TlsSocketStrategy tls;

    Connector(DnsResolver dns, TlsSocketStrategy tls) {
        this.dns = dns;
        this.tls = tls;
    }

    /** Creates a context for requests to this host. */
    static HttpClientContext context(String host) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(HOST, host);
        return context;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        connect(connection, host, null, null, local, Timeout.of(timeout.toDuration()), config, null, context);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Path unixDomainSocket,
            InetSocketAddress local,
            Timeout timeout,
            SocketConfig config,
            Object tlsConfig,
            HttpContext context)
            throws IOException {
        String dnsName = (String) context.getAttribute(HOST);
        int port = DefaultSchemePortResolver.INSTANCE.resolve(host);
        IOException failure = null;
        // never the address that the host may contain: it has not been checked
        for (InetAddress address : dns.resolve(dnsName)) {
            Socket socket = new Socket();
            try {
                // before it connects, so that a call can be cancelled while it connects
                connection.bind(socket);
                socket.setTcpNoDelay(config.isTcpNoDelay());
                socket.connect(new InetSocketAddress(address, port), timeout.toMillisecondsIntBound());
                connection.bind(socket);
                if (URIScheme.HTTPS.same(host.getSchemeName())) {
                    secure(connection, socket, dnsName, port, timeout, tlsConfig, context);
                }
                return;
            } catch (IOException e) {
                Closer.closeQuietly(socket);
                failure = e;
            } catch (RuntimeException e) {
                Closer.closeQuietly(socket);
                throw e;
            }
        }
        throw failure;
    }

    private void secure(
            ManagedHttpClientConnection connection,
            Socket socket,
            String name,
            int port,
            Timeout timeout,
            Object tlsConfig,
            HttpContext context)
            throws IOException {
        Timeout handshake = tlsConfig instanceof TlsConfig config && config.getHandshakeTimeout() != null
                ? config.getHandshakeTimeout()
                : timeout;
        int before = socket.getSoTimeout();
        socket.setSoTimeout(handshake.toMillisecondsIntBound());
        SSLSocket secured = tls.upgrade(socket, name, port, tlsConfig, context);
        socket.setSoTimeout(before);
        connection.bind(secured, socket);
    }

    /** Refuses: only proxies need a change to TLS on an open connection, and the client uses none. */
    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        throw new UnsupportedSchemeException("A change to TLS on an open connection is not supported.");
    }
}
