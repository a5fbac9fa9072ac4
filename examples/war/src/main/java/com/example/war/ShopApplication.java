package com.example.war;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application's own REST interface. It names no classes: the server takes all that it finds. */
@ApplicationPath("rest")
public class ShopApplication extends Application {}
