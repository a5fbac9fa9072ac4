package com.example.war;

import dev.errand.api.TaskSender;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebServlet("/greet")
public class GreetServlet extends HttpServlet {
    @Inject
    private TaskSender tasks;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = tasks.send("greeting.print", request.getParameter("name"));
        response.getWriter().print(id);
    }
}
