package dev.errand.it.app;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** An argument of one of several types, told apart by Jackson's annotations. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Shape.Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Shape.Square.class, name = "square")
})
public interface Shape {
    /** A round one. */
    record Circle(int radius) implements Shape {}

    /** One with corners. */
    record Square(int side) implements Shape {}
}
