package dev.errand.tasks;

import dev.errand.tasks.http.Call;
import dev.errand.url.WebAddress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an answer as it arrives, compressed or not. Enforces the size limit even if decompression yields
 * nothing: compressed content may be endless and empty. For one thread.
 */
final class RawContent extends FilterInputStream {
    private final Call call;
    private final WebAddress url;
    private final SizeLimit limit;
    private long bytes;

    RawContent(InputStream in, Call call, WebAddress url, SizeLimit limit) {
        super(in);
        this.call = call;
        this.url = url;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long more) {
        bytes += more;
        limit.check(url, bytes);
        call.checkFraming(url, bytes);
    }

    /**
     * Reads the bytes after the compressed content; this also detects a connection that broke between two compressed
     * parts.
     */
    void finish() throws IOException {
        byte[] buffer = new byte[8 * 1024];
        int read = read(buffer);
        while (read >= 0) {
            read = read(buffer);
        }
    }
}
