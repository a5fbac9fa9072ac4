package dev.errand.bench.app;

import dev.errand.api.TaskDatabase;
import dev.errand.bench.TaskQueue;
import dev.errand.bench.Workloads;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import javax.sql.DataSource;

/** Runs a workload in the server, and answers its figures, one per line. */
@WebServlet("/*")
public class BenchServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient TaskQueue queue;

    @Inject
    @TaskDatabase
    private transient DataSource database;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        try {
            Map<String, Double> figures = new Workloads(queue, database)
                    .run(request.getParameter("workload"), Integer.parseInt(request.getParameter("count")));
            figures.forEach((name, value) -> print(response, name + " " + value));
        } catch (Exception e) {
            response.setStatus(500);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                print(response, cause.toString());
            }
        }
    }

    private static void print(HttpServletResponse response, String line) {
        try {
            response.getWriter().println(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
