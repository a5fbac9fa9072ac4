package dev.errand.tasks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A server on loopback that keeps to no protocol: it reads a request's head and then writes the bytes that a test tells it to. */
final class RawServer implements AutoCloseable {
    /** Small socket buffers: the bytes that the server gets rid of are the bytes that the client has read, and little more. */
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket server = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong written = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    /** Writes an answer; an exception or a return ends the connection. */
    interface Script {
        void write(Line line) throws IOException, InterruptedException;
    }

    /** The way to the client. */
    final class Line {
        private final OutputStream out;

        private Line(OutputStream out) {
            this.out = out;
        }

        Line send(String latin1) throws IOException {
            return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
        }

        Line send(byte[] bytes) throws IOException {
            out.write(bytes);
            written.addAndGet(bytes.length);
            return this;
        }

        /** Sends the same until the client has enough. */
        void endlessly(String latin1) throws IOException {
            byte[] bytes = latin1.repeat(Math.max(1, 16_384 / latin1.length())).getBytes(StandardCharsets.ISO_8859_1);
            while (over.getCount() > 0) {
                send(bytes);
            }
        }

        /** Sends the same again and again, slowly, until the client has enough. */
        void drip(String latin1) throws IOException, InterruptedException {
            do {
                send(latin1);
            } while (!over.await(20, TimeUnit.MILLISECONDS));
        }
    }

    RawServer(Script script) throws IOException {
        server.setReceiveBufferSize(BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        threads.submit(() -> {
            while (true) {
                Socket client = server.accept();
                connections.incrementAndGet();
                threads.submit(() -> answer(client, script));
            }
        });
    }

    private Void answer(Socket client, Script script) throws Exception {
        try (client) {
            client.setSendBufferSize(BUFFER);
            int blank = 0;
            while (blank < 2) {
                int b = client.getInputStream().read();
                blank = b == '\n' ? blank + 1 : b == '\r' ? blank : 0;
            }
            script.write(new Line(client.getOutputStream()));
            // a close with a request's content unread would reset the connection, and take the answer with it
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        return null;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** How many bytes the client has taken, and the buffers between. */
    long written() {
        return written.get();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        threads.shutdownNow();
    }
}
