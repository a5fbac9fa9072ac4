package dev.errand.it.app;

import dev.errand.api.NotRetried;
import java.io.IOException;

/** An exception that the policy of {@link ScriptedWithPolicy} includes, and that another run cannot help. */
@NotRetried
public class ClosedAccountException extends IOException {
    ClosedAccountException() {
        super("as the script says");
    }
}
