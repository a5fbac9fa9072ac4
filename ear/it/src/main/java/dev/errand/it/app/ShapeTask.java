package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Says which type its argument has, and gives it back as a result of that type. */
@Stateless
@Task("it.shape")
public class ShapeTask implements TaskHandler<Shape, Shape> {
    @Override
    public Shape handle(Shape shape, TaskContext task) {
        return shape instanceof Shape.Square square ? new Shape.Circle(square.side()) : shape;
    }
}
