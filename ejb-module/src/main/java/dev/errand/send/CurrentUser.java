package dev.errand.send;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.Principal;

/**
 * Who calls.
 *
 * <p>{@code @PermitAll}, for WildFly tells a bean that says nothing of security nothing of who was logged in by OpenID
 * Connect.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class CurrentUser {
    @Resource
    private SessionContext session;

    /** The name of who is logged in, or null. Servers spell nobody as "anonymous". */
    public String name() {
        return name(session);
    }

    /** The same, for a bean that is called anyway. */
    static String name(SessionContext session) {
        Principal principal = session.getCallerPrincipal();
        String name = principal == null ? null : principal.getName();
        return name == null || name.equalsIgnoreCase("anonymous") ? null : name;
    }
}
