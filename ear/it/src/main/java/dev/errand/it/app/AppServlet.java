package dev.errand.it.app;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** The way of a test to the application: the ledger, and many tasks in one transaction. */
@WebServlet("/*")
public class AppServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Ledger ledger;

    @Inject
    private transient TaskSender tasks;

    @Inject
    private transient OrderDesk desk;

    @Inject
    private transient NoticeBoard board;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(String.join("\n", ledger.read(request.getParameter("ledger"))));
    }

    /** Sets the engine's clock, if it is one that can be set. */
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) {
        System.setProperty("it.clock", request.getParameter("clock"));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String step = request.getParameter("step") == null ? "ok" : request.getParameter("step");
        if (request.getParameter("order") != null) {
            desk.order(request.getParameter("order"), step, request.getParameter("fail") != null);
            return;
        }
        if (request.getParameter("notice") != null) {
            board.post(request.getParameter("notice"), request.getParameter("fail") != null);
            return;
        }
        TaskOptions options =
                TaskOptions.none().queue(request.getParameter("queue")).eta(Instant.parse(request.getParameter("eta")));
        List<Script> scripts = IntStream.range(0, Integer.parseInt(request.getParameter("count")))
                .mapToObj(i -> new Script(List.of(step)))
                .toList();
        response.getWriter()
                .print(tasks.sendAll(request.getParameter("task"), scripts, options)
                        .size());
    }
}
