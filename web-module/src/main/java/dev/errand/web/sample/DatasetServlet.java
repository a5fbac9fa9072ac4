package dev.errand.web.sample;

import dev.errand.web.http.Json;
import dev.errand.web.http.PathSegment;
import dev.errand.web.http.Problems;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST /tasks/sample/datasets} with {@code name} and {@code url}: as thin as a servlet should be. */
@WebServlet("/sample/datasets")
public class DatasetServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

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
            response.setHeader("Location", request.getContextPath() + "/");
            return;
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader("Location", request.getContextPath() + "/api/tasks/" + PathSegment.encode(saved.task()));
        response.setContentType("application/json");
        response.getOutputStream()
                .write(Json.write(Json.object().put("dataset", saved.dataset()).put("task", saved.task())));
    }
}
