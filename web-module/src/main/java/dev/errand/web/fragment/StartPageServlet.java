package dev.errand.web.fragment;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the start page at the folder's own address, because the welcome files of a user's WAR are the user's choice: with
 * Faces they name {@code index.xhtml} alone.
 */
public class StartPageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String FOLDER = "/errand/";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().equals(FOLDER)) {
            request.getRequestDispatcher(FOLDER + "index.html").forward(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", request.getContextPath() + FOLDER);
        }
    }
}
