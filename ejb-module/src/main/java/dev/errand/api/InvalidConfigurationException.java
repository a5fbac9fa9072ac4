package dev.errand.api;

/** A configuration key {@code errand.*} has a value that is not allowed. The exception stops the deployment. */
public class InvalidConfigurationException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(String message) {
        super(message);
    }

    public InvalidConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
