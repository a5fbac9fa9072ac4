package dev.errand.send;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.Principal;

/** Who calls. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Caller {
    @Resource
    private SessionContext session;

    /** The name of who is logged in, or null. Servers spell nobody as "anonymous". */
    public String name() {
        Principal principal = session.getCallerPrincipal();
        String name = principal == null ? null : principal.getName();
        return name == null || name.equalsIgnoreCase("anonymous") ? null : name;
    }
}
