package dev.errand.send;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.Principal;

/**
 * The user that calls.
 *
 * <p>{@code @PermitAll} is required: WildFly does not tell a bean without a security annotation which user is logged in by
 * OpenID Connect.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class CurrentUser {
    @Resource
    private SessionContext session;

    /** Returns the name of the user that is logged in, or null. Servers name a caller without log-in "anonymous". */
    public String name() {
        return name(session);
    }

    /** Returns the same for a bean that is called anyway. */
    static String name(SessionContext session) {
        Principal principal = session.getCallerPrincipal();
        String name = principal == null ? null : principal.getName();
        return name == null || name.equalsIgnoreCase("anonymous") ? null : name;
    }
}
