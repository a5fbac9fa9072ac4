package dev.errand.web.sample;

import dev.errand.web.http.Json;
import dev.errand.web.http.PathSegment;
import dev.errand.web.http.Problems;
import jakarta.ejb.EJB;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code POST sample/datasets}, next to the start page, with {@code name} and {@code url}: as thin as a servlet should
 * be. The descriptors map it.
 */
public class DatasetServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String PATH = "sample/datasets";

    @EJB
    private transient Datasets datasets;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            DatasetForm form = DatasetForm.of(request);
            answer(request, response, datasets.save(form.name(), form.url()));
        } catch (Exception e) {
            Problems.of(e).send(response);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Datasets.Saved saved)
            throws IOException {
        if (String.valueOf(request.getHeader("Accept")).contains("text/html")) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", pages(request));
            return;
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader("Location", pages(request) + "api/tasks/" + PathSegment.encode(saved.task()));
        response.setContentType("application/json");
        response.getOutputStream()
                .write(Json.write(Json.object().put("dataset", saved.dataset()).put("task", saved.task())));
    }

    /** Returns the folder of the start page: the context root, or a folder in a user's WAR. */
    private static String pages(HttpServletRequest request) {
        String path = request.getServletPath();
        return request.getContextPath() + path.substring(0, path.length() - PATH.length());
    }
}
