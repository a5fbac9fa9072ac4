package dev.errand.it.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** The way to a port of this machine as if that were far away: each answer comes later, however much may be under way at once. */
public final class SlowLink implements AutoCloseable {
    private static final int CHUNK = 65_536;
    private static final byte[] END = new byte[0];

    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slow-link");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long delayNanos;

    private record Chunk(byte[] bytes, long at) {}

    /** Without delay at first. */
    SlowLink(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 0, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Of each round trip from now on, on the connections that there are, too. */
    public void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // the link is closed, or nothing listens at its other end: the client is told by the end of its
                // connection
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket there;
        try {
            there = new Socket("localhost", target);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        there.setTcpNoDelay(true);
        BlockingQueue<Chunk> answers = new LinkedBlockingQueue<>();
        threads.submit(() -> ask(client, there));
        threads.submit(() -> read(there, answers));
        threads.submit(() -> answer(client, there, answers));
    }

    private static void ask(Socket client, Socket there) {
        try (client;
                there) {
            client.getInputStream().transferTo(there.getOutputStream());
        } catch (IOException e) {
            // one of them has ended it, and the other is told
        }
    }

    private void read(Socket there, BlockingQueue<Chunk> answers) {
        try {
            InputStream in = there.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                answers.add(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delayNanos));
            }
        } catch (IOException e) {
            // as above
        } finally {
            answers.add(new Chunk(END, System.nanoTime()));
        }
    }

    private static void answer(Socket client, Socket there, BlockingQueue<Chunk> answers) {
        try (client;
                there) {
            for (Chunk next = answers.take(); next.bytes() != END; next = answers.take()) {
                for (long left = next.at() - System.nanoTime(); left > 0; left = next.at() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                client.getOutputStream().write(next.bytes());
            }
        } catch (IOException e) {
            // as above
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
