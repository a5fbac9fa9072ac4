package dev.errand.api;

/** A handler or a setting is wrong. The deployment is refused; the message names the class or the key, and the remedy. */
public class InvalidDeploymentException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidDeploymentException(String message) {
        super(message);
    }

    public InvalidDeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}
