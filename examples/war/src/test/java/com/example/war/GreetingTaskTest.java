package com.example.war;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class GreetingTaskTest {
    @Test
    void greetsByName() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed));
        try {
            new GreetingTask().handle("Ann", null);
        } finally {
            System.setOut(console);
        }
        assertEquals("Hello, Ann", printed.toString().strip());
    }
}
