package dev.errand.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses a malformed Accept header before JAX-RS reads it: the exception that JAX-RS throws differs per server, and
 * does not show that the client is at fault.
 */
public class AcceptFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** A media range, as lenient as clients need it: HttpURLConnection sends {@code *; q=.2}. */
    private static final Pattern RANGE = Pattern.compile(
            "[!#$%&'*+.^_`|~\\w-]+(?:/[!#$%&'*+.^_`|~\\w-]+)?(?:;(?:q=(?:0?\\.\\d{1,9}|0\\.?|1\\.?0{0,9})"
                    + "|(?!q=)[!#$%&'*+.^_`|~\\w-]+=(?:[!#$%&'*+.^_`|~\\w/:-]*|\"[^\"\\\\]*\")))*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> accept = Collections.list(request.getHeaders("Accept"));
        if (accept.stream().allMatch(AcceptFilter::readable)) {
            chain.doFilter(request, response);
        } else {
            new Problem(400, "The header Accept is no list of media types, such as application/json;q=0.9.")
                    .send(response);
        }
    }

    /** Returns whether the header is well-formed. Empty elements of the list are ignored. */
    static boolean readable(String accept) {
        for (String range : BLANKS.matcher(accept).replaceAll("").split(",")) {
            if (!range.isEmpty() && !RANGE.matcher(range).matches()) {
                return false;
            }
        }
        return true;
    }
}
