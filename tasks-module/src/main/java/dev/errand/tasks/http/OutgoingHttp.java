package dev.errand.tasks.http;

import dev.errand.api.TaskContext;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.url.WebAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client that tasks share. It sends one request at a time, and does nothing else on its own: no redirects, no
 * retries, no cookies, no log-ins, no proxies, no decompression. Thread-safe.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final int CONNECTIONS = 100;

    /** One slow host must not take all connections. */
    private static final int CONNECTIONS_PER_HOST = 20;

    private final CloseableHttpClient client;
    private final ScheduledExecutorService scheduler;
    private final GuardedDns guard;

    /**
     * Creates the client.
     *
     * @param scheduler runs the checks of the deadlines; stays open
     * @param dns finds the addresses; the client decides which of them are used
     */
    public OutgoingHttp(TasksConfig config, ScheduledExecutorService scheduler, DnsResolver dns) {
        this.scheduler = scheduler;
        Timeout connect = Timeout.of(config.httpConnectTimeout());
        RequestConfig request = RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(Timeout.of(config.httpTimeout()))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
        this.guard = new GuardedDns(AddressRules.of(config.httpAllow()), dns);
        this.client = HttpClients.custom()
                .setConnectionManager(connections(connect, guard))
                .setDefaultRequestConfig(request)
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setUserAgent("Errand")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static HttpClientConnectionManager connections(Timeout connect, DnsResolver dns) {
        Http1Config limits = AnswerLimits.http1();
        return new Connections(dns)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .responseParserFactory(config -> AnswerLimits.parser(limits))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(connect)
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .build();
    }

    /** A builder that makes the pool use a {@link Connector}. */
    private static final class Connections extends PoolingHttpClientConnectionManagerBuilder {
        private final DnsResolver dns;

        Connections(DnsResolver dns) {
            this.dns = dns;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver unused, TlsSocketStrategy tls) {
            return new Connector(dns, tls);
        }
    }

    /**
     * Starts a series of requests for one task. One thread must send them all.
     *
     * @param timeout the time for all of them together
     * @param timeoutKey the setting by which an administrator changes it
     */
    public Call call(TaskContext task, Duration timeout, String timeoutKey) {
        return new Call(client, new CallWatch(timeout, task, scheduler), timeoutKey + " = " + timeout);
    }

    /**
     * Checks whether tasks may call this address, as far as that is known now; a call checks it again. A host that DNS does
     * not know passes: it may be known when it is called.
     *
     * @throws RefusedAddressException if they may not
     */
    public void checkAllowed(WebAddress url) {
        try {
            guard.resolve(Urls.dnsName(url));
        } catch (UnknownHostException e) {
            // the call reports it
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
