package dev.errand.tasks;

import dev.errand.tasks.http.Call;
import dev.errand.url.WebAddress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an answer as it comes, packed or not. Keeps to the size limit even where nothing comes out of it: packed
 * content may go on without an end and be empty. For one thread.
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

    /** Reads the bytes behind the packed content; this also finds a connection that broke between two packed parts. */
    void finish() throws IOException {
        byte[] buffer = new byte[8 * 1024];
        int read = read(buffer);
        while (read >= 0) {
            read = read(buffer);
        }
    }
}
