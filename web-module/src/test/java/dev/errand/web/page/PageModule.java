package dev.errand.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;

/** A module of the start page that needs no browser, loaded as a browser loads it. */
final class PageModule implements AutoCloseable {
    private static final Path ASSETS = Path.of("src/main/webapp/assets");

    private final Context context;
    private final Value exports;

    PageModule(String name, ZoneId zone) {
        context = Context.newBuilder("js")
                .allowIO(IOAccess.ALL)
                .option("engine.WarnInterpreterOnly", "false")
                .option("js.esm-eval-returns-exports", "true")
                .timeZone(zone)
                .build();
        try {
            exports = context.eval(Source.newBuilder(
                            "js", ASSETS.resolve(name).toAbsolutePath().toFile())
                    .mimeType("application/javascript+module")
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(Files.exists(ASSETS) ? name : "Run this in the folder web-module", e);
        }
    }

    PageModule(String name) {
        this(name, ZoneId.of("UTC"));
    }

    Value call(String function, Object... arguments) {
        return exports.getMember(function).execute(arguments);
    }

    /** Evaluates an expression in which the module is {@code m}. */
    Value eval(String expression) {
        context.getBindings("js").putMember("m", exports);
        return context.eval("js", expression);
    }

    @Override
    public void close() {
        context.close();
    }
}
