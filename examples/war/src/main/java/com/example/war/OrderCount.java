package com.example.war;

import jakarta.json.bind.annotation.JsonbProperty;

/** An answer of the application's REST interface, which the server writes by JSON-B. */
public class OrderCount {
    private final long count;

    OrderCount(long count) {
        this.count = count;
    }

    @JsonbProperty("number-of-orders")
    public long getCount() {
        return count;
    }
}
