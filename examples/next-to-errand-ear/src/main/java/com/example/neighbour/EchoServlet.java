package com.example.neighbour;

import dev.errand.api.TaskSender;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends to a task of errand.ear: its name is enough. */
@WebServlet("/echo")
public class EchoServlet extends HttpServlet {
    @Inject
    private TaskSender tasks;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = tasks.send("example.echo", request.getParameter("text"));
        response.getWriter().print(id);
    }
}
