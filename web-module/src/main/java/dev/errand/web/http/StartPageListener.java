package dev.errand.web.http;

import dev.errand.url.StartPage;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.MalformedURLException;

/** Tells the engine where the start page is, for the log: at the context root, or in a folder of a user's WAR. */
public class StartPageListener implements ServletContextListener {
    private static final String FOLDER = "/errand/";

    @Inject
    private StartPage page;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        page.isAt(context.getContextPath() + (has(context, FOLDER + "index.html") ? FOLDER : "/"));
    }

    private static boolean has(ServletContext context, String resource) {
        try {
            return context.getResource(resource) != null;
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(resource, e);
        }
    }
}
