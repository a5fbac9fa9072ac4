package dev.errand.it.app;

import jakarta.annotation.Resource;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;

/** Puts each message that waits on Errand's queue there once more, as a broker may that recovers; answers how many. */
@WebServlet("/messages")
public class MessageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long MINUTE_MILLIS = 60_000;

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private transient ConnectionFactory connections;

    @Resource(lookup = "java:app/jms/ErrandTasks")
    private transient Queue queue;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        int doubled = 0;
        try (JMSContext context = connections.createContext();
                QueueBrowser browser = context.createBrowser(queue)) {
            JMSProducer producer = context.createProducer().setTimeToLive(MINUTE_MILLIS);
            // all first: a browser may come to see the copies, too
            for (Object waiting : Collections.list((Enumeration<?>) browser.getEnumeration())) {
                Message message = (Message) waiting;
                Message copy = context.createMessage();
                for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
                    String name = (String) names.nextElement();
                    if (!name.startsWith("JMS")) {
                        copy.setObjectProperty(name, message.getObjectProperty(name));
                    }
                }
                producer.setPriority(message.getJMSPriority()).send(queue, copy);
                doubled++;
            }
        } catch (JMSException e) {
            throw new ServletException(e);
        }
        response.getWriter().print(doubled);
    }
}
